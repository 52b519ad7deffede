import type { Ladder } from "./ladder.ts";
import { ladder } from "./ladder.ts";
import type { LaneGroup } from "./lanes.ts";
import { lanes } from "./lanes.ts";
import type { CallRow, CandidateRow, Round } from "./tables.ts";
import { callTable, candidateTable, roundTable } from "./tables.ts";
import type { Trace } from "./trace.ts";

/** A recorded session as a picture's data: what `inspector/` draws, without a single pixel. */
export interface Timeline {
  /** The first and the last event's time, in milliseconds since the trace's start; both 0 for an empty trace. */
  readonly start: number;
  readonly end: number;
  readonly lanes: readonly LaneGroup[];
  readonly ladder: Ladder;
  readonly calls: readonly CallRow[];
  readonly candidates: readonly CandidateRow[];
  readonly rounds: readonly Round[];
}

/**
 * Everything that a timeline shows: state lanes and the signaling ladder, and the tables of calls, candidates and
 * offer/answer rounds. A pure function of the trace; events of unknown kinds appear in the ladder as they are.
 */
export function timeline(trace: Trace): Timeline {
  const calls = callTable(trace);
  const candidates = candidateTable(trace, calls);
  let start = trace.events[0]?.t ?? 0;
  let end = start;
  for (const { t } of trace.events) {
    if (t < start) start = t;
    if (t > end) end = t;
  }
  return {
    start,
    end,
    lanes: lanes(trace, calls, candidates),
    ladder: ladder(trace, calls, candidates),
    calls,
    candidates,
    rounds: roundTable(trace, calls),
  };
}
