import type { TraceEvent, UnrecordedEvent } from "./event.ts";
import type { Trace, TraceHeader, TracePeer, TraceSource } from "./trace.ts";

/** What a recorder needs from its surroundings. */
export interface RecorderOptions {
  /**
   * The clock: milliseconds since 1970, fractional. In Node and browsers
   * `() => performance.timeOrigin + performance.now()` never jumps.
   */
  readonly now: () => number;
  /** Names the trace, also as a file: letters, digits, `.`, `_` and `-`. Made of the start's time unless given. */
  readonly id?: string;
  /** What kind of clock `now` is; `monotonic` unless told otherwise. */
  readonly clock?: TraceHeader["clock"];
  /** Where the events come from; `{ format: "recorder" }` unless told otherwise. */
  readonly source?: TraceSource;
  readonly peers?: readonly TracePeer[];
  /** How many events are kept; the oldest go first, a quarter at a time. All unless told otherwise. */
  readonly maxEvents?: number;
}

/** Gives events their number and time and tells whoever subscribed. Has no clock, timer or socket of its own. */
export interface Recorder {
  readonly header: TraceHeader;
  /** The header and every event that is kept; grows as events come. */
  readonly trace: Trace;
  /** The clock that events get their time from. */
  now(): number;
  /**
   * Numbers the event, gives it its time, keeps it and tells the subscribers. Returns it as it was kept.
   * `at` is what the clock said when it happened; what it says now unless given.
   */
  record(event: UnrecordedEvent, at?: number): TraceEvent;
  /** A number for a `call` event, unique in the trace. */
  nextCall(): number;
  /** Calls the listener for each event from now on, in order. Returns what ends that. */
  subscribe(listener: (event: TraceEvent) => void): () => void;
}

/**
 * Makes a recorder; its trace starts now. Throws `TypeError` for an id that cannot be a file's name.
 * A listener that throws is removed and the trace says so: what watches a call must not break it.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const start = options.now();
  const startedAt = new Date(start).toISOString();
  const id = options.id ?? startedAt.replaceAll(":", "-");
  if (!isTraceId(id)) {
    throw new TypeError(
      `A trace's id has 1 to 128 letters, digits, ".", "_" or "-" and begins with a letter or digit; got ${JSON.stringify(id)}.`,
    );
  }
  const header: TraceHeader = {
    sdpscope: 1,
    id,
    startedAt,
    clock: options.clock ?? "monotonic",
    source: options.source ?? { format: "recorder" },
    peers: options.peers ?? [],
  };
  // `startedAt` has whole milliseconds: `t` counts from what is written, so that two traces can be laid side by side.
  const origin = Date.parse(startedAt);
  const events: TraceEvent[] = [];
  const listeners = new Set<(event: TraceEvent) => void>();
  const maxEvents = options.maxEvents ?? Number.POSITIVE_INFINITY;
  let last = 0;
  let calls = 0;

  const record = (unrecorded: UnrecordedEvent, at = options.now()): TraceEvent => {
    const t = Math.round((at - origin) * 1000) / 1000;
    last++;
    const event = { seq: last, t, ...unrecorded } as TraceEvent;
    events.push(event);
    if (events.length > maxEvents) events.splice(0, Math.ceil(maxEvents / 4));
    const failures: unknown[] = [];
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (failure) {
        listeners.delete(listener);
        failures.push(failure);
      }
    }
    for (const failure of failures) record({ kind: "note", text: removedListener(failure) });
    return event;
  };

  return {
    header,
    trace: { header, events },
    now: options.now,
    record,
    nextCall: () => ++calls,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Whether a text can name a trace and its file: 1 to 128 letters, digits, `.`, `_` or `-`, a letter or digit first. */
export function isTraceId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(text);
}

function removedListener(failure: unknown): string {
  return `A subscriber of this recording failed and was removed: ${String(failure)}`;
}
