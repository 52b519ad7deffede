import type { StatsEvent, Timeline, Trace } from "../../lib/index.ts";
import { pairConnections } from "../../lib/index.ts";

/** A room at a moment, as far as the lanes do not tell it already. */
export interface RoomReading {
  /** Connections that are two ends of one, by their index in the lanes; one whose other end was not recorded stands alone. */
  readonly links: readonly RoomLink[];
  /** How many messages each peer had sent and received by then; none where no server carried them. */
  readonly signals: readonly {
    readonly peer: string;
    readonly sent: number;
    readonly received: number;
  }[];
  /** The round-trip time that was measured last, by the connection's index in the lanes. Milliseconds. */
  readonly roundTrips: readonly { readonly connection: number; readonly ms: number }[];
  /** The moments at which a connection or its ICE moved: what a slider steps through. At most 2,000. Milliseconds. */
  readonly moments: Float64Array<ArrayBuffer>;
}

/** Two ends of one connection, or the one that was recorded. Indices into the lanes. */
export interface RoomLink {
  readonly a: number;
  readonly b?: number;
}

/** What of a room does not depend on the moment. */
export interface RoomIndex {
  readonly links: readonly RoomLink[];
  readonly signals: readonly {
    readonly peer: string;
    readonly sent: readonly number[];
    readonly received: readonly number[];
  }[];
  readonly moments: Float64Array<ArrayBuffer>;
}

/** What a room is read from; `count` events of the trace count. */
export interface RoomSource {
  readonly trace: Trace;
  readonly timeline: Timeline;
  readonly room: RoomIndex;
  readonly count: number;
}

/** So many moments are told apart. */
const MOST_MOMENTS = 2000;

/** So many events are looked back through for statistics. */
const LOOK_BACK = 20_000;

/** Finds which connections belong together, and when messages went. One pass over the events. */
export function indexRoom(trace: Trace, lanes: Timeline["lanes"]): RoomIndex {
  const indices = new Map(lanes.map(({ peer, pc }, index) => [JSON.stringify([peer, pc]), index]));
  const links: RoomLink[] = [];
  const linked = new Set<number>();
  for (const { a, b } of pairConnections(trace.events)) {
    const near = indices.get(JSON.stringify([a.peer, a.pc]));
    const far = indices.get(JSON.stringify([b.peer, b.pc]));
    if (near === undefined || far === undefined) continue;
    links.push({ a: Math.min(near, far), b: Math.max(near, far) });
    linked.add(near).add(far);
  }
  for (const index of lanes.keys()) if (!linked.has(index)) links.push({ a: index });
  links.sort((one, other) => one.a - other.a);

  const signals = new Map<string, { readonly sent: number[]; readonly received: number[] }>();
  for (const event of trace.events) {
    if (event.kind !== "signal" || event.transport === "memory") continue;
    const peer = event.peer ?? "";
    const times = signals.get(peer) ?? { sent: [], received: [] };
    signals.set(peer, times);
    (event.direction === "out" ? times.sent : times.received).push(event.t);
  }
  const moments = new Set<number>();
  for (const { lanes: list } of lanes) {
    for (const { kind, slices } of list) {
      if (kind !== "connection" && kind !== "ice") continue;
      for (const { start } of slices) if (moments.size < MOST_MOMENTS) moments.add(start);
    }
  }
  return {
    links,
    signals: [...signals].map(([peer, { sent, received }]) => ({
      peer,
      sent: sent.sort(ascending),
      received: received.sort(ascending),
    })),
    moments: Float64Array.from(moments).sort(),
  };
}

/** The room at a moment. */
export function roomAt({ trace, timeline, room, count }: RoomSource, t: number): RoomReading {
  return {
    links: room.links,
    signals: room.signals.map(({ peer, sent, received }) => ({
      peer,
      sent: countUntil(sent, t),
      received: countUntil(received, t),
    })),
    roundTrips: roundTripsAt(trace, timeline.lanes, count, t),
    moments: room.moments.slice(),
  };
}

function ascending(a: number, b: number): number {
  return a - b;
}

function countUntil(times: readonly number[], t: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}

function roundTripsAt(
  { events }: Trace,
  lanes: Timeline["lanes"],
  count: number,
  t: number,
): { readonly connection: number; readonly ms: number }[] {
  const wanted = new Map(lanes.map(({ peer, pc }, index) => [JSON.stringify([peer, pc]), index]));
  const found: { readonly connection: number; readonly ms: number }[] = [];
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.t ?? 0) <= t) low = middle + 1;
    else high = middle;
  }
  const least = Math.max(0, low - LOOK_BACK);
  for (let index = low - 1; index >= least && wanted.size > 0; index--) {
    const event = events[index];
    if (event?.kind !== "stats") continue;
    const key = JSON.stringify([event.peer ?? "", event.pc]);
    const connection = wanted.get(key);
    if (connection === undefined) continue;
    const ms = roundTripOf(event);
    if (ms === undefined) continue;
    found.push({ connection, ms });
    wanted.delete(key);
  }
  return found;
}

/** The round-trip time of the pair that is in use, of a report. Milliseconds. */
function roundTripOf({ report }: StatsEvent): number | undefined {
  for (const id in report) {
    const entry = report[id];
    if (typeof entry !== "object" || entry === null) continue;
    const { type, nominated, selected, state, currentRoundTripTime } = entry as Readonly<
      Record<string, unknown>
    >;
    const isUsed = (nominated === true || selected === true) && state !== "failed";
    if (type === "candidate-pair" && isUsed && typeof currentRoundTripTime === "number") {
      return currentRoundTripTime * 1000;
    }
  }
  return undefined;
}
