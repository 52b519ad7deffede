import { readFileSync } from "node:fs";
import type { Trace } from "../../lib/doors/trace.ts";
import { readTrace } from "../../lib/doors/trace.ts";

/** A recorded session of `fixtures/traces`, by its name. */
export function recordedTrace(name: string): Trace {
  const file = new URL(`../fixtures/traces/${name}.sdpscope.jsonl`, import.meta.url);
  return readTrace(readFileSync(file, "utf8")).trace;
}
