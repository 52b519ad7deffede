import { diagnoseSession } from "../../rules/diagnose-session.ts";
import { formatDiagnosis } from "../../rules/format-diagnosis.ts";
import type { Command } from "../command.ts";
import { defineCommand } from "../command.ts";
import { oneFile } from "../one-file.ts";
import { count } from "../print-diagnostics.ts";
import { readTraces } from "../read-traces.ts";

/** Finds out what went wrong in a recorded session. */
export const diagnose: Command = defineCommand({
  name: "diagnose",
  summary: {
    en: "find out what went wrong in a recorded session: a trace, a browser's dump, a server's log",
    ko: "기록된 세션(trace, 브라우저 덤프, 서버 로그)에서 무엇이 잘못되었는지 찾습니다",
  },
  operands: "[FILE]",
  options: [
    {
      name: "ignore",
      value: "CODE,…",
      description: {
        en: "rules to leave out",
        ko: "제외할 규칙",
      },
    },
  ],
  async run(invocation) {
    const { options, io, json, lang } = invocation;
    const name = oneFile(invocation, "diagnose");
    const ignore = options["ignore"];
    const { traces } = await readTraces(io, name);
    let isClean = true;
    for (const trace of traces) {
      const diagnosis = diagnoseSession(trace, {
        ignore: typeof ignore === "string" ? ignore.split(",").map((code) => code.trim()) : [],
      });
      isClean &&= diagnosis.findings.every(({ severity }) => severity === "info");
      if (json) {
        io.out(JSON.stringify({ trace: trace.header.id, ...diagnosis }));
        continue;
      }
      if (traces.length > 1) io.out(`── ${trace.header.id}`);
      const text = formatDiagnosis(trace, diagnosis, { lang, colour: io.isColour });
      if (text !== "") io.out(text);
      io.out(count(diagnosis.findings)[lang]);
    }
    return isClean ? 0 : 1;
  },
});
