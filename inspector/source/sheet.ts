import type { LadderArrow, LadderItem, Timeline, Trace } from "../../lib/index.ts";
import { timeline } from "../../lib/index.ts";
import type { AppliedAt } from "../layout/applied-at.ts";
import { remoteDescriptions } from "../layout/applied-at.ts";

/** A trace with everything that was worked out of it: what answers are read from. Nothing here is changed. */
export interface Sheet {
  readonly trace: Trace;
  /** How many events there were when it was worked out; the trace's list may have grown since. */
  readonly count: number;
  readonly timeline: Timeline;
  readonly applied: AppliedAt;
  /** The index of the ladder's item that stands for an event, by the event's `seq`. */
  readonly itemOf: ReadonlyMap<number, number>;
  /** The arrow that begins or ends at an item, by the item's `seq`. */
  readonly arrowOf: ReadonlyMap<number, LadderArrow>;
  /** The number of the round that an event belongs to, by its `seq`. */
  readonly roundOf: ReadonlyMap<number, number>;
  /** The method of a call, by the call's number. */
  readonly methodOf: ReadonlyMap<number, string>;
}

/** Works a trace out. Time and memory in proportion to its events. */
export function createSheet(trace: Trace): Sheet {
  const line = timeline(trace);
  const later = {
    itemOf: once(() => itemsBySeq(line.ladder.items)),
    arrowOf: once(() => arrowsByEnd(line.ladder.arrows)),
    roundOf: once(() => roundsBySeq(line)),
    applied: once(() => remoteDescriptions(line)),
    methodOf: once(() => new Map(line.calls.map(({ call, method }) => [call, method]))),
  };
  return {
    trace,
    count: trace.events.length,
    timeline: line,
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
    get methodOf() {
      return later.methodOf();
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
