import type { TraceEvent, UnrecordedEvent } from "./event.ts";
import type { ImportSource } from "./import-source.ts";
import type { Trace, TraceHeader, TracePeer } from "./trace.ts";
import type { TraceLimit } from "./trace-limit.ts";

/** An imported event before it is numbered. */
export interface TimedEvent {
  /** Milliseconds since 1970; without a clock the place in the order. */
  readonly at: number;
  readonly event: UnrecordedEvent;
}

/** What an imported trace is made of. */
export interface TraceParts {
  /** The importer's id. */
  readonly format: string;
  readonly source: ImportSource;
  readonly clock: TraceHeader["clock"];
  readonly agent?: string | undefined;
  readonly limits: readonly TraceLimit[];
  readonly peers: readonly TracePeer[];
  /** In any order; those of the same time keep theirs. */
  readonly events: readonly TimedEvent[];
  /** Tells several traces of one text apart; nothing for the first. */
  readonly number?: number;
}

/**
 * Makes a trace of imported events: in order of time, numbered, with times that count from the first.
 * Its id is made of the format, the first event's time and the text, so that the same file has the same id each time.
 */
export function assembleTrace(parts: TraceParts): Trace {
  const { format, source, clock, agent, limits, peers, number = 1 } = parts;
  const sorted = parts.events
    .map(({ at, event }) => ({ at: isTime(at) ? at : 0, event }))
    .sort((a, b) => a.at - b.at);
  const start = clock === "none" ? 0 : Math.floor(sorted[0]?.at ?? 0);
  const startedAt = new Date(start).toISOString();
  const events = sorted.map(({ at, event }, index): TraceEvent => {
    const t = Math.round((at - start) * 1000) / 1000;
    return { seq: index + 1, t, ...event } as TraceEvent;
  });
  const when = clock === "none" ? "" : `-${startedAt.replaceAll(":", "-")}`;
  const which = number === 1 ? "" : `-${number}`;
  const header: TraceHeader = {
    sdpscope: 1,
    id: `${format}${when}-${source.fingerprint()}${which}`,
    startedAt,
    clock,
    source: {
      format,
      ...(agent !== undefined && { agent }),
      ...(source.file !== undefined && { file: source.file }),
      limits,
    },
    peers,
  };
  return { header, events };
}

/** Whether a number is a time that a `Date` can hold, in milliseconds since 1970. */
export function isTime(at: number): boolean {
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15;
}
