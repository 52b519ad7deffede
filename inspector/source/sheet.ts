import type { LadderArrow, LadderItem, Lane, Timeline, Trace } from "../../lib/index.ts";
import { timeline } from "../../lib/index.ts";
import type { AppliedAt } from "../layout/applied-at.ts";
import { remoteDescriptions } from "../layout/applied-at.ts";
import type { RoomIndex } from "./room.ts";
import { indexRoom } from "./room.ts";

/** A trace with everything that was worked out of it: what answers are read from. Nothing here is changed. */
export interface Sheet extends Lookups {
  readonly trace: Trace;
  /** How many events there were when it was worked out; the trace's list may have grown since. */
  readonly count: number;
  readonly timeline: Timeline;
  readonly lookups: Lookups;
}

/** Where things are found, worked out when first asked for. */
export interface Lookups {
  readonly applied: AppliedAt;
  /** The index of the ladder's item that stands for an event, by the event's `seq`. */
  readonly itemOf: ReadonlyMap<number, number>;
  /** The arrow that begins or ends at an item, by the item's `seq`. */
  readonly arrowOf: ReadonlyMap<number, LadderArrow>;
  /** The number of the round that an event belongs to, by its `seq`. */
  readonly roundOf: ReadonlyMap<number, number>;
  /** The ladder's remarks, as they were recorded. */
  readonly recordedNotes: readonly { readonly seq: number; readonly text: string }[];
  /** The method of a call, by the call's number. */
  readonly methodOf: ReadonlyMap<number, string>;
  /** How long a call took, in milliseconds, by the call's number; absent where it has not ended. */
  readonly durationOf: ReadonlyMap<number, number>;
  /** Which connections belong together, and when messages went. */
  readonly room: RoomIndex;
}

/** Works a trace out. Time and memory in proportion to its events. */
export function createSheet(trace: Trace): Sheet {
  const line = timeline(trace);
  return sheetOf(trace, line, lookupsOf(trace, line));
}

/**
 * The sheet of a trace that grew since it was worked out, where that takes no more than time going on: statistics and signs of
 * life, which are nearly all that a connected session records, change no item of the ladder and no table; what is open
 * lasts longer. `undefined` where more happened, or where time alone may change what is said: then all is worked out anew.
 */
export function extendSheet(sheet: Sheet, trace: Trace): Sheet | undefined {
  const { events } = trace;
  const { start, end: last, lanes, ladder } = sheet.timeline;
  if (sheet.count === 0 || sheet.trace.header !== trace.header) return undefined;
  let end = last;
  for (let index = sheet.count; index < events.length; index++) {
    const event = events[index];
    if (event?.kind !== "stats" && event?.kind !== "alive") return undefined;
    const group = lanes.find(({ peer, pc }) => peer === (event.peer ?? peer) && pc === event.pc);
    if (event.t < end || (event.peer !== undefined && !group)) return undefined;
    end = event.t;
  }
  const isStill = !lanes.some((group) => group.lanes.some(mayStall));
  if (!isStill || ladder.arrows.some(({ outcome }) => outcome === "in-flight")) return undefined;
  const longer = lanes.map((group) => ({
    ...group,
    lanes: group.lanes.map((lane) => lengthened(lane, last, end)),
  }));
  return sheetOf(trace, { ...sheet.timeline, start, end, lanes: longer }, sheet.lookups);
}

/** ICE that is still new may stall as time goes on. */
function mayStall({ kind, slices }: Lane): boolean {
  return kind === "ice" && slices.at(-1)?.label === "new";
}

/** A lane whose open slices last to the new end. Those of a connection that ended stopped before the old one. */
function lengthened(lane: Lane, from: number, to: number): Lane {
  if (!lane.slices.some((slice) => slice.isOpen && slice.end === from)) return lane;
  return {
    ...lane,
    slices: lane.slices.map((slice) =>
      slice.isOpen && slice.end === from ? { ...slice, end: to } : slice,
    ),
  };
}

function sheetOf(trace: Trace, line: Timeline, lookups: Lookups): Sheet {
  return {
    trace,
    count: trace.events.length,
    timeline: line,
    lookups,
    get applied() {
      return lookups.applied;
    },
    get itemOf() {
      return lookups.itemOf;
    },
    get arrowOf() {
      return lookups.arrowOf;
    },
    get roundOf() {
      return lookups.roundOf;
    },
    get recordedNotes() {
      return lookups.recordedNotes;
    },
    get methodOf() {
      return lookups.methodOf;
    },
    get durationOf() {
      return lookups.durationOf;
    },
    get room() {
      return lookups.room;
    },
  };
}

/** What an importer has no word for is an entry of the log, `transceiverAdded: {…}`: nothing that anybody noted. */
const isLogEntry = /^\w+: [{[]/;

function lookupsOf(trace: Trace, line: Timeline): Lookups {
  const later = {
    itemOf: once(() => itemsBySeq(line.ladder.items)),
    arrowOf: once(() => arrowsByEnd(line.ladder.arrows)),
    roundOf: once(() => roundsBySeq(line)),
    applied: once(() => remoteDescriptions(line)),
    room: once(() => indexRoom(trace, line.lanes)),
    recordedNotes: once(() =>
      line.ladder.items.flatMap(({ event }) =>
        event.kind === "note" && !isLogEntry.test(event.text)
          ? [{ seq: event.seq, text: event.text }]
          : [],
      ),
    ),
    methodOf: once(() => new Map(line.calls.map(({ call, method }) => [call, method]))),
    durationOf: once(() => {
      const found = new Map<number, number>();
      for (const { call, durationMs } of line.calls)
        if (durationMs !== undefined) found.set(call, durationMs);
      return found;
    }),
  };
  return {
    get applied() {
      return later.applied();
    },
    get itemOf() {
      return later.itemOf();
    },
    get arrowOf() {
      return later.arrowOf();
    },
    get roundOf() {
      return later.roundOf();
    },
    get recordedNotes() {
      return later.recordedNotes();
    },
    get methodOf() {
      return later.methodOf();
    },
    get durationOf() {
      return later.durationOf();
    },
    get room() {
      return later.room();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function itemsBySeq(items: readonly LadderItem[]): Map<number, number> {
  const found = new Map<number, number>();
  for (let index = 0; index < items.length; index++) {
    for (const seq of items[index]?.covers ?? []) found.set(seq, index);
  }
  return found;
}

function arrowsByEnd(arrows: readonly LadderArrow[]): Map<number, LadderArrow> {
  const found = new Map<number, LadderArrow>();
  for (const arrow of arrows) {
    if (arrow.from !== undefined && !found.has(arrow.from)) found.set(arrow.from, arrow);
    if (arrow.to !== undefined) found.set(arrow.to, arrow);
  }
  return found;
}

function roundsBySeq({ rounds }: Timeline): Map<number, number> {
  const found = new Map<number, number>();
  for (const { number, offer, answer } of rounds) {
    for (const { seq } of offer.steps) found.set(seq, number);
    for (const { seq } of answer?.steps ?? []) found.set(seq, number);
  }
  return found;
}
