import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Trace } from "../../lib/doors/trace.ts";
import { readTrace } from "../../lib/doors/trace.ts";

/** A recorded session of `fixtures/traces`, by its name. */
export function recordedTrace(name: string): Trace {
  const file = join(import.meta.dirname, `../fixtures/traces/${name}.sdpscope.jsonl`);
  return readTrace(readFileSync(file, "utf8")).trace;
}
