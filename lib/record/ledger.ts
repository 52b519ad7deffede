import type { UnrecordedEvent } from "../trace/event.ts";
import type { Recorder } from "../trace/recorder.ts";
import { whenIdle } from "./idle.ts";

/** Where a recording writes its events down. */
export interface Ledger {
  /** How many events have been taken. */
  readonly count: number;
  /** Takes an event of that place. What takes long to put together comes as a function that does it, from values that nobody changes. */
  write(place: Place, event: LateEvent): void;
}

/** Whose event it is. */
export interface Place {
  readonly peer: string;
  readonly pc?: string;
}

/** An event, or what makes it; `undefined` when there is none after all. */
export type LateEvent = UnrecordedEvent | (() => UnrecordedEvent | undefined);

/** Writes every event as it comes. */
export function promptLedger(recorder: Recorder): Ledger {
  return {
    get count() {
      return recorder.trace.events.at(-1)?.seq ?? 0;
    },
    write(place, event) {
      put(recorder, place, event);
    },
  };
}

/** A ledger that takes each event with its time, and writes it when the page has nothing else to do. */
export interface LateLedger extends Ledger {
  /** Writes what has been taken so far. */
  settle(): void;
}

/**
 * Makes a ledger for a page: while a call is made it only keeps what it needs. Putting events together, reading messages
 * and printing stacks would slow what is recorded.
 */
export function createLateLedger(recorder: Recorder): LateLedger {
  let waiting: (readonly [number, Place, LateEvent])[] = [];
  let count = 0;
  let forget: (() => void) | undefined;

  const settle = (): void => {
    forget?.();
    forget = undefined;
    const taken = waiting;
    waiting = [];
    for (const [at, place, event] of taken) put(recorder, place, event, at);
  };

  return {
    get count() {
      return count;
    },
    write(place, event) {
      count++;
      waiting.push([recorder.now(), place, event]);
      forget ??= whenIdle(settle);
    },
    settle,
  };
}

function put(recorder: Recorder, place: Place, event: LateEvent, at?: number): void {
  try {
    const made = typeof event === "function" ? event() : event;
    if (made !== undefined) recorder.record({ ...place, ...made }, at);
  } catch (error) {
    const text = `A part could not be recorded: ${error instanceof Error ? error.message : ""}`;
    recorder.record({ kind: "note", ...place, text }, at);
  }
}
