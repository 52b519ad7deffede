import type { Trace } from "../trace/trace.ts";

/** The trace that was given to `expect`: a trace, or what has one in `trace` (a recorder, a peer); `undefined` for anything else. */
export function receivedTrace(received: unknown): Trace | undefined {
  if (typeof received !== "object" || received === null) return undefined;
  if (isTrace(received)) return received;
  const { trace } = received as { readonly trace?: unknown };
  return isTrace(trace) ? trace : undefined;
}

/** What to say when it was none. */
export function needsTrace(matcher: string, received: unknown): string {
  const kind = received === null ? "null" : Array.isArray(received) ? "an array" : typeof received;
  return `${matcher} takes a trace, or a recorder or peer that has one; it was given ${kind}.`;
}

function isTrace(value: unknown): value is Trace {
  if (typeof value !== "object" || value === null) return false;
  const { header, events } = value as { readonly header?: unknown; readonly events?: unknown };
  return typeof header === "object" && header !== null && Array.isArray(events);
}
