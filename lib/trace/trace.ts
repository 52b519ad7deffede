import type { TraceEvent } from "./event.ts";
import type { TraceLimit } from "./trace-limit.ts";

/** A recorded session: its header and its events, in order of `seq`. */
export interface Trace {
  readonly header: TraceHeader;
  readonly events: readonly TraceEvent[];
}

/** The first line of a trace file. */
export interface TraceHeader {
  /** The version of the format. */
  readonly sdpscope: 1;
  readonly id: string;
  /** ISO 8601, UTC: the moment that every event's `t` counts from. */
  readonly startedAt: string;
  /** `monotonic`: one clock that never jumps. `wall`: a clock that may have been set. `second`: wall time in whole seconds. `none`: no times at all, `t` counts events. */
  readonly clock: "monotonic" | "wall" | "second" | "none";
  readonly source: TraceSource;
  readonly peers: readonly TracePeer[];
  /** The traces that this one was merged from, the first of them with the clock that all times follow. */
  readonly parts?: readonly TracePart[];
}

/** One of the traces that a trace was merged from. */
export interface TracePart {
  readonly id: string;
  readonly startedAt: string;
  readonly clock: TraceHeader["clock"];
  readonly source: TraceSource;
  /** The ids of its peers in the merged trace. */
  readonly peers: readonly string[];
  /** Milliseconds that were added to its times, so that they follow the first part's clock. */
  readonly shiftMs: number;
  /** How far the shift may be off, to both sides; absent where messages do not bound it from both sides. */
  readonly errorMs?: number;
  /** How many messages it was concluded from. */
  readonly messages: number;
  /** No shift fits all messages: one of the clocks was set or drifted during the session. */
  readonly isContradictory?: true;
}

/** Where a trace comes from: our recorder, or an imported format. */
export interface TraceSource {
  readonly format: string;
  readonly agent?: string;
  readonly file?: string;
  /** What the source cannot know; absent for a recorder, which knows all that a trace can hold. */
  readonly limits?: readonly TraceLimit[];
}

/** One side of the session. */
export interface TracePeer {
  readonly id: string;
  readonly name?: string;
  /** Such as `werift 0.24.4`. */
  readonly engine?: string;
  /** The address of the page that it ran in. */
  readonly page?: string;
}
