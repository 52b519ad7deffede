import type { CandidateEvent } from "../trace/event.ts";
import type { Connection } from "./session.ts";
import { closedAt, isApplied, statesOf } from "./session.ts";

/** How the gathering of a connection went. Times are milliseconds since the trace's start. */
export interface Gathering {
  readonly begin: number;
  /** The event that shows the beginning. */
  readonly seq: number;
  /** Absent when it was still going on at the recording's end. */
  readonly complete?: number;
  /** How long it took, or has taken so far. */
  readonly elapsed: number;
  readonly errors: readonly CandidateEvent[];
}

/** The first gathering of a connection; `undefined` where nothing was to be gathered or the recording does not know it. */
export function gatheringOf(connection: Connection): Gathering | undefined {
  const states = statesOf(connection, "gathering");
  const started = states.find(({ to }) => to === "gathering");
  const local = connection.applied.find((each) => each.side === "local" && isApplied(each));
  const first = connection.gathered[0];
  const start =
    started ?? (first && { t: local?.settledAt ?? first.t, seq: local?.seq ?? first.seq });
  if (!start) return undefined;
  const ended =
    states.find(({ to, t }) => to === "complete" && t >= start.t) ??
    connection.gathered.find(({ candidate, error }) => candidate === null && !error);
  const end = ended?.t ?? Math.min(connection.end, closedAt(connection) ?? connection.end);
  return {
    begin: start.t,
    seq: start.seq,
    ...(ended && { complete: ended.t }),
    elapsed: Math.max(0, end - start.t),
    errors: connection.gathered.filter(({ error }) => error !== undefined),
  };
}
