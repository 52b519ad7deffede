import type { EventError } from "../trace/event.ts";

/** What an engine says of a refused call, without the words that only repeat which call it was. */
export function engineWords(error: EventError | undefined): string {
  const text = error?.message || error?.name || "";
  const prefix = /^Failed to execute '\w+' on '\w+': /.exec(text)?.[0] ?? "";
  const words = text.slice(prefix.length);
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}

/** Firefox repeats a whole line of SDP in its words. */
const LONGEST = 300;
