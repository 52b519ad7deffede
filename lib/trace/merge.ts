import type { TraceEvent } from "./event.ts";
import { handovers } from "./handovers.ts";
import { joinSignals } from "./join.ts";
import { pairConnections } from "./pair-connections.ts";
import { readCandidateInit, readDescriptionInit, readPayload } from "./payload.ts";
import type { Trace, TraceHeader, TracePart, TracePeer } from "./trace.ts";
import type { TraceLimit } from "./trace-limit.ts";

/**
 * Joins traces of one session that were recorded in several places: two dumps of two machines, a dump and the HAR of the
 * same page, a client and its server.
 *
 * Connections are paired by what they know of each other (`pairConnections`). The difference of two clocks is concluded
 * from the messages: none arrives before it was made, in both directions, which bounds the difference from both sides; the middle is
 * taken, and half of the width is its error. All times then follow the clock of the first trace; what was
 * concluded stands in `header.parts`. Signaling that was recorded beside a connection is given to it.
 *
 * Throws `TypeError` for an empty list; one trace comes back as it is.
 */
export function mergeTraces(traces: readonly Trace[]): Trace {
  const [first] = traces;
  if (!first) throw new TypeError("mergeTraces takes one trace or more; got an empty list.");
  if (traces.length === 1) return first;
  const origin = startOf(first);
  const parts = layOut(traces, origin);
  const bounds = new Bounds();
  const owned = giveSignals(parts, bounds);
  const combined = parts.flatMap(({ events }) => events);
  boundByMessages(combined, parts, bounds);
  const clocks = solve(parts, bounds);

  const shifted = parts.flatMap(({ events }, index) =>
    events.map((event): TraceEvent => ({ ...event, t: event.t + (clocks[index]?.shiftMs ?? 0) })),
  );
  shifted.sort((a, b) => a.t - b.t || a.seq - b.seq);
  const start = Math.floor(Math.min(0, shifted[0]?.t ?? 0));
  const events = shifted.map((event, index): TraceEvent => {
    const t = Math.round((event.t - start) * 1000) / 1000;
    return { ...event, seq: index + 1, t };
  });
  const peers = new Map<string, TracePeer>();
  for (const part of parts)
    for (const peer of part.peers) if (!peers.has(peer.id)) peers.set(peer.id, peer);
  const header: TraceHeader = {
    sdpscope: 1,
    id: mergedId(traces),
    startedAt: new Date(origin + start).toISOString(),
    clock: worstClock(traces),
    source: { format: "merge", limits: limitsOf(traces, owned) },
    peers: [...peers.values()].filter(({ id }) => events.some((event) => event.peer === id)),
    parts: parts.map(({ trace: { header }, peers: own }, index): TracePart => {
      const { shiftMs, errorMs, messages, isContradictory } = clocks[index] ?? unshifted;
      return {
        id: header.id,
        startedAt: header.startedAt,
        clock: header.clock,
        source: header.source,
        peers: own.map(({ id }) => id),
        shiftMs: round(shiftMs),
        ...(errorMs !== undefined && { errorMs: round(errorMs) }),
        messages,
        ...(isContradictory && { isContradictory }),
      };
    }),
  };
  return { header, events };
}

interface Part {
  readonly trace: Trace;
  readonly peers: TracePeer[];
  /** With peers and calls that no other part has, numbered through, `t` counted from the first part's start. */
  events: TraceEvent[];
  /** The first and the last `seq` of its events in the combined list. */
  readonly firstSeq: number;
  readonly lastSeq: number;
}

function layOut(traces: readonly Trace[], origin: number): Part[] {
  const taken = new Set<string>();
  const titles = new Set<string>();
  let calls = 0;
  let seq = 0;
  return traces.map((trace): Part => {
    const names = new Map<string, string>();
    const nameOf = (id: string): string => {
      const known = names.get(id);
      if (known !== undefined) return known;
      let name = id;
      for (let number = 2; taken.has(name); number++) name = `${id}-${number}`;
      taken.add(name);
      names.set(id, name);
      return name;
    };
    const peers = trace.header.peers.map((peer): TracePeer => {
      const id = nameOf(peer.id);
      // Two browsers both have a first tab: the file tells them apart.
      const { name } = peer;
      const isTaken = name !== undefined && titles.has(name);
      if (name !== undefined) titles.add(name);
      return {
        ...peer,
        id,
        ...(isTaken && { name: `${name} (${trace.header.source.file ?? id})` }),
      };
    });
    const offset = trace.header.clock === "none" ? 0 : startOf(trace) - origin;
    const base = calls;
    const firstSeq = seq + 1;
    const events = trace.events.map((event): TraceEvent => {
      seq++;
      const { peer } = event;
      const placed = {
        seq,
        t: event.t + offset,
        ...(peer !== undefined && { peer: nameOf(peer) }),
      };
      if (event.kind !== "call" && event.kind !== "settle") return { ...event, ...placed };
      calls = Math.max(calls, base + event.call);
      return { ...event, ...placed, call: base + event.call };
    });
    return { trace, peers, events, firstSeq, lastSeq: seq };
  });
}

/** What is known of the difference of each two parts' shifts, `later - earlier`. */
class Bounds {
  readonly #known = new Map<string, Bound>();

  /** A thing was made at `made` in one part and arrived at `arrived` in the other. */
  add(from: number, to: number, made: number, arrived: number): void {
    if (from === to) return;
    const [earlier, later] = from < to ? [from, to] : [to, from];
    const key = `${earlier} ${later}`;
    const bound = this.#known.get(key) ?? { lower: -Infinity, upper: Infinity, messages: 0 };
    this.#known.set(key, bound);
    bound.messages++;
    // The receiver's clock must be put forward at least as far as its time lies before the sender's.
    if (from < to) bound.lower = Math.max(bound.lower, made - arrived);
    else bound.upper = Math.min(bound.upper, arrived - made);
  }

  get(earlier: number, later: number): Bound | undefined {
    return this.#known.get(`${earlier} ${later}`);
  }
}

interface Bound {
  lower: number;
  upper: number;
  messages: number;
}

/**
 * Parts that hold nothing but signaling get the peers and connections whose descriptions and candidates they carry.
 * Gives the parts that found an owner.
 */
function giveSignals(parts: readonly Part[], bounds: Bounds): ReadonlySet<Part> {
  const owned = new Set<Part>();
  const isBare = (part: Part): boolean =>
    part.events.length > 0 &&
    part.events.every(({ kind, pc }) => kind === "signal" && pc === undefined);
  const places = new Map<string, Place>();
  for (const [index, part] of parts.entries())
    if (!isBare(part)) notePlaces(places, part.events, index);
  for (const [index, part] of parts.entries()) {
    if (!isBare(part)) continue;
    let owner: string | undefined;
    const found = part.events.map((event) => {
      const key = event.kind === "signal" ? `${event.direction} ${textOf(event.data)}` : "";
      const place = places.get(key);
      if (!place || event.kind !== "signal") return undefined;
      owner ??= place.peer;
      if (event.direction === "out") bounds.add(place.part, index, place.t, event.t);
      else bounds.add(index, place.part, event.t, place.t);
      return place;
    });
    if (owner === undefined) continue;
    const peer = owner;
    owned.add(part);
    part.events = part.events.map((event, at) => {
      const place = found[at];
      return { ...event, peer: place?.peer ?? peer, ...(place && { pc: place.pc }) };
    });
    part.peers.splice(0, part.peers.length, { id: peer });
  }
  return owned;
}

interface Place {
  readonly part: number;
  readonly peer: string;
  readonly pc: string;
  readonly t: number;
}

/** Where each description and candidate was made (`out`) or given (`in`) for the first time. */
function notePlaces(places: Map<string, Place>, events: readonly TraceEvent[], part: number): void {
  const methods = new Map<number, string>();
  for (const event of events) {
    const { peer, pc, t } = event;
    if (peer === undefined || pc === undefined) continue;
    const put = (direction: "in" | "out", value: unknown): void => {
      const key = `${direction} ${textOf(value)}`;
      if (key.length > 5 && !places.has(key)) places.set(key, { part, peer, pc, t });
    };
    if (event.kind === "call") {
      methods.set(event.call, event.method);
      if (event.method === "setLocalDescription") put("out", event.arguments[0]);
      if (event.method === "setRemoteDescription") put("in", event.arguments[0]);
    } else if (event.kind === "settle" && methods.get(event.call) !== "setRemoteDescription")
      put("out", event.result);
    else if (event.kind === "candidate" && event.candidate)
      put(event.side === "local" ? "out" : "in", event.candidate);
  }
}

function textOf(value: unknown): string {
  const description = readDescriptionInit(value);
  if (description) return description.sdp;
  const candidate = readCandidateInit(value);
  if (candidate) return candidate.candidate;
  const payload = readPayload(value);
  if (payload.kind === "description") return payload.description.sdp;
  return payload.kind === "candidate" ? (payload.candidate?.candidate ?? "") : "";
}

function boundByMessages(combined: TraceEvent[], parts: readonly Part[], bounds: Bounds): void {
  const trace: Trace = {
    header: {
      sdpscope: 1,
      id: "merge",
      startedAt: "",
      clock: "wall",
      source: { format: "merge" },
      peers: [],
    },
    events: combined,
  };
  const partOf = ({ seq }: TraceEvent): number =>
    parts.findIndex(({ firstSeq, lastSeq }) => seq >= firstSeq && seq <= lastSeq);
  for (const { from, to, madeAt } of handovers(trace, pairConnections(combined))) {
    bounds.add(partOf(from), partOf(to), madeAt, to.t);
  }
  for (const { sent, received } of joinSignals(trace)) {
    if (sent && received) bounds.add(partOf(sent), partOf(received), sent.t, received.t);
  }
}

interface Clock {
  readonly shiftMs: number;
  readonly errorMs?: number;
  readonly messages: number;
  readonly isContradictory?: true;
}

const unshifted: Clock = { shiftMs: 0, messages: 0 };

/** Entries of one log may stand in the wrong order by this much. Milliseconds. */
const DISORDER = 5;

/** Follows the bounds from the first part to all that have messages in common with it, directly or through others. */
function solve(parts: readonly Part[], bounds: Bounds): Clock[] {
  const clocks: (Clock | undefined)[] = [{ shiftMs: 0, errorMs: 0, messages: 0 }];
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (let to = 1; to < parts.length; to++) {
      if (clocks[to]) continue;
      const from = clocks.findIndex(
        (clock, at) => clock !== undefined && boundOf(bounds, at, to) !== undefined,
      );
      const base = clocks[from];
      const bound = boundOf(bounds, from, to);
      if (!base || !bound) continue;
      clocks[to] = placed(base, bound, slackOf(parts[from]) + slackOf(parts[to]));
      isNew = true;
    }
  }
  return parts.map((_part, index) => clocks[index] ?? unshifted);
}

function boundOf(bounds: Bounds, from: number, to: number): Bound | undefined {
  if (from < to) return bounds.get(from, to);
  const bound = bounds.get(to, from);
  return bound && { lower: -bound.upper, upper: -bound.lower, messages: bound.messages };
}

function placed(base: Clock, bound: Bound, slack: number): Clock {
  const { messages } = bound;
  const lower = bound.lower - slack;
  const upper = bound.upper + slack;
  if (Number.isFinite(lower) && Number.isFinite(upper)) {
    const error = Math.abs(upper - lower) / 2;
    return {
      shiftMs: base.shiftMs + (lower + upper) / 2,
      ...(base.errorMs !== undefined && { errorMs: base.errorMs + error }),
      messages,
      ...(lower - upper > DISORDER && { isContradictory: true as const }),
    };
  }
  // Messages of one direction alone: the clocks are believed as far as these allow.
  const own = Number.isFinite(lower) ? Math.max(0, lower) : Math.min(0, upper);
  return { shiftMs: base.shiftMs + own, messages };
}

/** A clock of whole seconds may be off by one. */
function slackOf(part: Part | undefined): number {
  return part?.trace.header.clock === "second" ? 1000 : 0;
}

function limitsOf(traces: readonly Trace[], owned: ReadonlySet<Part>): readonly TraceLimit[] {
  const lists = traces.map(({ header }) => header.source.limits ?? []);
  const ownedTraces = new Set([...owned].map(({ trace }) => trace));
  const limits = new Set(lists.filter((_list, at) => !ownedTraces.has(traces[at] as Trace)).flat());
  if (owned.size > 0 || !lists.every((list) => list.includes("no-signaling")))
    limits.delete("no-signaling");
  if (!lists.every((list) => list.includes("one-way"))) limits.delete("one-way");
  return [...limits];
}

/** The worst clock decides; two that are good were joined with an error. */
function worstClock(traces: readonly Trace[]): TraceHeader["clock"] {
  const clocks = new Set(traces.map(({ header }) => header.clock));
  return clocks.has("none") ? "none" : clocks.has("second") ? "second" : "wall";
}

function mergedId(traces: readonly Trace[]): string {
  const ids = traces.map(({ header }) => header.id);
  const cut = Math.floor((128 - "merge".length - ids.length) / ids.length);
  return ["merge", ...ids.map((id) => id.slice(-Math.max(1, cut)))].join("-").slice(0, 128);
}

function startOf({ header }: Trace): number {
  const at = Date.parse(header.startedAt);
  return Number.isNaN(at) ? 0 : at;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
