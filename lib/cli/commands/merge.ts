import { formatDiagnostics } from "../../diagnostic.ts";
import { describeMerge } from "../../trace/describe-merge.ts";
import { writeTrace } from "../../trace/file.ts";
import { mergeTraces } from "../../trace/merge.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Command } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import { readTraces } from "../read-traces.ts";
import { writeTraceFile } from "../write-trace-file.ts";

/** Joins the recordings of several places into one trace. */
export const merge: Command = defineCommand({
  name: "merge",
  summary: {
    en: "join the recordings of both ends into one trace, on one clock",
    ko: "양쪽의 기록을 한 시계에 맞춘 하나의 trace로 합칩니다",
  },
  operands: "FILE FILE…",
  options: [
    {
      name: "out",
      value: "FOLDER",
      description: {
        en: "where the trace file goes; here unless given",
        ko: "trace 파일을 둘 폴더. 없으면 현재 폴더",
      },
    },
    {
      name: "print",
      description: {
        en: "print the trace instead of writing a file",
        ko: "파일을 쓰지 않고 trace를 출력합니다",
      },
    },
  ],
  async run({ io, json, lang, operands, options }) {
    if (operands.length < 2) throw new UsageError(tooFew);
    const traces: Trace[] = [];
    for (const name of operands) {
      traces.push(...(await readTraces(io, name)).traces);
    }
    const merged = mergeTraces(traces);
    const diagnostics = describeMerge(merged);
    if (options["print"] === true) io.write(writeTrace(merged));
    else {
      const path = await writeTraceFile(String(options["out"] ?? "."), merged);
      if (json)
        io.out(JSON.stringify({ path, header: merged.header, events: merged.events.length }));
      else io.out(path);
    }
    if (json) for (const diagnostic of diagnostics) io.out(JSON.stringify(diagnostic));
    else if (diagnostics.length > 0)
      io.err(formatDiagnostics("", diagnostics, { lang, colour: io.isColour }).trimEnd());
    return diagnostics.some(({ severity }) => severity !== "info") ? 1 : 0;
  },
});

const tooFew = {
  en: "merge takes two files or more.",
  ko: "merge에는 파일이 두 개 이상 필요합니다.",
};
