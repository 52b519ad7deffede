import type { LadderArrow, LadderColumn, Lane, Mark, Tone, TraceHeader } from "../../lib/index.ts";
import type { Idle } from "../layout/time-scale.ts";
import type { Verdict } from "../layout/verdict.ts";

/**
 * Everything of a session that the page draws from, in columns: one typed array for each field, so that a million events
 * cost a few megabytes and cross from the worker without being copied. What a column leaves out (texts, errors,
 * descriptions) is asked for when somebody looks at it: see `questions.ts`.
 *
 * A picture never changes; a session that grows gives a new one with a higher `version`.
 */
export interface Picture {
  /** Grows with each picture of the page: what was asked about an older one may be out of date. */
  readonly version: number;
  readonly header: TraceHeader;
  /** The first and the last event's time, in milliseconds since the trace's start; both 0 for an empty trace. */
  readonly start: number;
  readonly end: number;
  readonly events: EventColumns;
  readonly lanes: readonly LaneGroupColumns[];
  readonly ladder: LadderColumns;
  /** The texts of the slices, by their `label`: states, methods and selected pairs, cut to 80 characters. */
  readonly labels: readonly string[];
  /** The stretches worth folding. */
  readonly idle: readonly Idle[];
  /** Events that the server does not have: they lie between the two `seq` and were at about `start` to `end`. */
  readonly gaps: readonly EventGap[];
  readonly verdict: Verdict;
  /** How much there is for the drawer's tabs. */
  readonly counts: {
    readonly calls: number;
    readonly candidates: number;
    readonly rounds: number;
    readonly pairs: number;
  };
}

/** Events that are known to be missing. `from` and `to` inclusive, times in milliseconds. */
export interface EventGap {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** Every event, in the order of the trace. An event's index is its place in all of these. */
export interface EventColumns {
  readonly count: number;
  readonly seq: Float64Array;
  readonly t: Float64Array;
  /** Index into `kinds`; `kinds.length` for a kind that is not known. */
  readonly kind: Uint8Array;
  /** Index into `peers`; 65535 for none. */
  readonly peer: Uint16Array;
  readonly peers: readonly string[];
  /** Same number, same place to step along: kind, connection and machine. */
  readonly track: Uint32Array;
}

/** The lanes of one connection. */
export interface LaneGroupColumns {
  readonly peer: string;
  readonly pc?: string;
  readonly name: string;
  readonly engine?: string;
  readonly lanes: readonly LaneColumns[];
  /** The state that tells most about the connection at the end, and how that is. */
  readonly state: string;
  readonly tone: Tone;
  /** How many candidates it gathered, was given, and refused. */
  readonly candidates: {
    readonly local: number;
    readonly remote: number;
    readonly refused: number;
  };
}

/** One lane: slices in order of their start, and marks in order of time. */
export interface LaneColumns {
  readonly kind: Lane["kind"];
  readonly id?: string;
  readonly name?: string;
  readonly slices: SliceColumns;
  readonly marks: MarkColumns;
}

/** The slices of a lane. */
export interface SliceColumns {
  readonly count: number;
  readonly seq: Float64Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Index into `tones`. */
  readonly tone: Uint8Array;
  /** Index into the picture's `labels`. */
  readonly label: Uint32Array;
  /** How many failed slices stand before each index; one entry more than there are slices. */
  readonly failed: Uint32Array;
  /** Slices that turn into a stall, by their index, with the time from which they do. */
  readonly stalls: readonly { readonly index: number; readonly from: number }[];
}

/** The marks of a lane. */
export interface MarkColumns {
  readonly count: number;
  readonly seq: Float64Array;
  readonly t: Float64Array;
  /** Index into `shapes`. */
  readonly shape: Uint8Array;
  /** 1: a remote candidate. 2: refused. */
  readonly flags: Uint8Array;
  /** How many refused marks and errors stand before each index; one entry more than there are marks. */
  readonly failed: Uint32Array;
}

/** The ladder: columns, points on them and arrows between the points. */
export interface LadderColumns {
  readonly columns: readonly LadderColumn[];
  readonly items: {
    readonly count: number;
    readonly seq: Float64Array;
    readonly t: Float64Array;
    /** Index into `columns`. */
    readonly column: Uint16Array;
    /** 1: a state or remark that is shown on request only. 2: something went wrong. */
    readonly flags: Uint8Array;
  };
  readonly arrows: {
    readonly count: number;
    /** Index into the items; −1 for an end that was not recorded. */
    readonly from: Int32Array;
    readonly to: Int32Array;
    /** Index into `columns`. */
    readonly fromColumn: Uint16Array;
    readonly toColumn: Uint16Array;
    /** Index into `outcomes`. */
    readonly outcome: Uint8Array;
    /**
     * 1: it runs through the server's column. 2: what it carried was refused. 4: no message was recorded, the arrow is
     * concluded from both ends. 8: it arrived with another text than it left with.
     */
    readonly flags: Uint8Array;
    /** The offer/answer round it belongs to, from 1; 0 for none. */
    readonly round: Uint32Array;
  };
}

/** The kinds of events that `EventColumns.kind` counts through. */
export const kinds = [
  "create",
  "call",
  "settle",
  "state",
  "candidate",
  "pair",
  "signal",
  "track",
  "channel",
  "message",
  "negotiation-needed",
  "stats",
  "note",
  "alive",
  "end",
] as const;

export const tones: readonly Tone[] = ["idle", "progress", "ok", "waiting", "failed", "ended"];

export const shapes: readonly Mark["shape"][] = [
  "host",
  "srflx",
  "prflx",
  "relay",
  "end",
  "error",
  "unknown",
];

export const outcomes: readonly LadderArrow["outcome"][] = [
  "received",
  "lost",
  "in-flight",
  "unrecorded",
];

/** No peer, in `EventColumns.peer`. */
export const noPeer = 65535;

/** The index of the event with this `seq`; −1 when there is none. Mostly at once, as events are numbered in their order. */
export function indexOfSeq({ seq, count }: EventColumns, wanted: number): number {
  const likely = wanted - (seq[0] ?? 1);
  if (seq[likely] === wanted) return likely;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seq[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  // A file may hold its events out of order.
  return seq[low] === wanted ? low : seq.indexOf(wanted);
}

/** The first index whose value is not below `wanted`, of values that grow. */
export function lowerBound(values: Float64Array, count: number, wanted: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The index of the slice that holds at a time, of calls that overlap the one that began last; −1 before the first.
 * After the last one's end it is still that one: it is the last that is known.
 */
export function sliceIndexAt({ start, end, count }: SliceColumns, t: number): number {
  let index = lowerBound(start, count, t);
  if (index === count || (start[index] ?? 0) > t) index--;
  else while (index + 1 < count && start[index + 1] === t) index++;
  return index === count - 1 || t <= (end[index] ?? 0) ? index : -1;
}
