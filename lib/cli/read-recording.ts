import { importTrace } from "../trace/import-trace.ts";
import type { Trace } from "../trace/trace.ts";

/**
 * The traces of a text that is a recording: our trace, or any dump that can be imported.
 * `undefined` for a description, for candidates, and for what is neither.
 */
export function readRecording(text: string): readonly Trace[] | undefined {
  if (!/^\s*(?:[[{<]|RTCStatsDump|\+{4})/.test(text.slice(0, 400))) return undefined;
  const { traces, format } = importTrace(text);
  return format && format.id !== "candidates" && format.id !== "sdp" ? traces : undefined;
}
