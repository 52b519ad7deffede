import { basename } from "node:path";
import { formatDiagnostics } from "../../diagnostic.ts";
import type { Message } from "../../text.ts";
import { writeTrace } from "../../trace/file.ts";
import type { ImportResult } from "../../trace/import-trace.ts";
import { importTrace } from "../../trace/import-trace.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Command, Invocation } from "../command.ts";
import { defineCommand } from "../command.ts";
import { readArchive } from "../read-archive.ts";
import { writeTraceFile } from "../write-trace-file.ts";

/** Turns dumps and logs of any known format into traces. */
export const importCommand: Command = defineCommand({
  name: "import",
  summary: {
    en: "turn dumps of browsers, logs of servers, HAR or SDP into traces",
    ko: "브라우저 덤프, 서버 로그, HAR, SDP를 trace로 바꿉니다",
  },
  operands: "[FILE]…",
  options: [
    {
      name: "out",
      value: "FOLDER",
      description: {
        en: "where the trace files go; here unless given",
        ko: "trace 파일을 둘 폴더. 없으면 현재 폴더",
      },
    },
    {
      name: "print",
      description: {
        en: "print the traces instead of writing files",
        ko: "파일을 쓰지 않고 trace를 출력합니다",
      },
    },
  ],
  async run(invocation) {
    const { operands } = invocation;
    let hasFinding = false;
    let sessions = 0;
    for (const name of operands.length === 0 ? ["-"] : operands) {
      const { files, diagnostics } = await readArchive(invocation.io, name);
      show(invocation, "", { traces: [], diagnostics });
      hasFinding ||= diagnostics.length > 0;
      for (const { name: inner, text } of files) {
        const file = [name === "-" ? undefined : name, inner].filter(Boolean).join("/");
        const result = importTrace(text, file === "" ? {} : { file: basename(file) });
        if (!invocation.json)
          invocation.io.err(heading(file || undefined, result)[invocation.lang]);
        show(invocation, text, result);
        for (const trace of result.traces) await keep(invocation, trace);
        sessions += result.traces.length;
        hasFinding ||= result.diagnostics.some(({ severity }) => severity !== "info");
      }
    }
    if (sessions === 0) return 2;
    return hasFinding ? 1 : 0;
  },
});

/** What is said goes to the error output: the traces alone are the result. */
function show({ io, json, lang }: Invocation, text: string, { diagnostics }: ImportResult): void {
  if (diagnostics.length === 0) return;
  if (json) for (const diagnostic of diagnostics) io.out(JSON.stringify(diagnostic));
  else io.err(formatDiagnostics(text, diagnostics, { lang, colour: io.isColour }).trimEnd());
}

async function keep({ io, json, lang, options }: Invocation, trace: Trace): Promise<void> {
  if (options["print"] === true) {
    io.write(writeTrace(trace));
    return;
  }
  const path = await writeTraceFile(String(options["out"] ?? "."), trace);
  if (json) io.out(JSON.stringify({ path, header: trace.header, events: trace.events.length }));
  else io.out(`${path}  ${summary(trace)[lang]}`);
}

function heading(file: string | undefined, { format, traces }: ImportResult): Message {
  const from = { en: file ?? "standard input", ko: file ?? "표준 입력" };
  if (!format) {
    return { en: `${from.en}: not imported`, ko: `${from.ko}: 가져오지 못했습니다` };
  }
  const count = traces.length;
  return {
    en: `${from.en}: ${format.name.en}, ${count === 1 ? "one session" : `${count} sessions`}`,
    ko: `${from.ko}: ${format.name.ko}, 세션 ${count}개`,
  };
}

function summary({ header: { peers }, events }: Trace): Message {
  const names = peers.map(({ id, name }) => name ?? id).join(", ");
  const seconds = (((events.at(-1)?.t ?? 0) - (events[0]?.t ?? 0)) / 1000).toFixed(1);
  return {
    en: `${events.length === 1 ? "one event" : `${events.length} events`}, ${seconds} s: ${names}`,
    ko: `이벤트 ${events.length}개, ${seconds}초: ${names}`,
  };
}
