import { readTrace, writeTrace } from "../../lib/trace/file.ts";
import { importTrace } from "../../lib/trace/import-trace.ts";
import { mergeTraces } from "../../lib/trace/merge.ts";
import { timeline } from "../../lib/trace/timeline.ts";

/**
 * What an import of a broken text must hold: usable traces, or a refusal that says why. Gives what is wrong with it,
 * `undefined` for nothing.
 */
export function importFault(text: string): string | undefined {
  try {
    const { traces, diagnostics } = importTrace(text);
    if (traces.length === 0 && !diagnostics.some(({ severity }) => severity !== "info")) {
      return "no trace and no reason";
    }
    for (const trace of traces) {
      const again = readTrace(writeTrace(trace));
      const isOwn = trace.header.source.format === "recorder" || trace.header.id === "unknown";
      const fault = again.diagnostics.find(({ severity }) => severity === "error");
      if (fault && !isOwn) return `the trace cannot be read again: ${fault.message.en}`;
      if (again.trace.events.length !== trace.events.length && !isOwn) return "events were lost";
      timeline(trace);
    }
    if (traces.length > 1) mergeTraces(traces);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
