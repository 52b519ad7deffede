import type { Steps } from "../steps.ts";
import { finish, STEP } from "../steps.ts";
import type {
  CallEvent,
  CandidateEvent,
  CandidateInit,
  ChannelEvent,
  CreateEvent,
  DescriptionInit,
  EndEvent,
  EventError,
  Machine,
  PairEvent,
  StateEvent,
  StatsEvent,
  TraceEvent,
} from "../trace/event.ts";
import type { Delivery } from "../trace/join.ts";
import { joinSteps } from "../trace/join.ts";
import type { ConnectionPair } from "../trace/pair-connections.ts";
import { pairingSteps } from "../trace/pair-connections.ts";
import { readDescriptionInit } from "../trace/payload.ts";
import { readEvent } from "../trace/read-event.ts";
import type { CallRow } from "../trace/tables.ts";
import { callSteps } from "../trace/tables.ts";
import type { Trace } from "../trace/trace.ts";
import type { TraceLimit } from "../trace/trace-limit.ts";
import type { Reading } from "./reading.ts";
import { recentReading } from "./recent-readings.ts";

/** A recorded session as the rules look at it: by connection, with what was applied to each and when. */
export interface Session {
  readonly trace: Trace;
  readonly connections: readonly Connection[];
  /** The signaling messages with both their ends, as far as they were recorded. */
  readonly deliveries: readonly Delivery[];
  /** The time of the last event. */
  readonly end: number;
  /** Whether events that are milliseconds apart can be told apart. */
  readonly hasClock: boolean;
  /** What the recording's format cannot know. */
  readonly limits: ReadonlySet<TraceLimit>;
  /** Whether the recording knows API calls at all; some sources only have states or messages. */
  readonly hasCalls: boolean;
  /** A description's text, read once for all rules. */
  read(sdp: string): Reading;
  /** The connection at the other end, when it was recorded too. */
  otherEnd(connection: Connection): Connection | undefined;
  /** The connections of a peer, in the order in which they appear. */
  connectionsOf(peer: string): readonly Connection[];
  /** The connection that made or locally applied exactly this text. */
  makerOf(sdp: string): Connection | undefined;
  /** The messages that carried a description: of the same type, with the same origin. */
  messagesWith(type: DescriptionInit["type"], sdp: string): readonly Delivery[];
}

/** One connection of one peer. */
export interface Connection {
  readonly peer: string;
  readonly pc?: string;
  /** What people call it: the peer's name, with the connection's where the peer has several. */
  readonly name: string;
  readonly first: TraceEvent;
  readonly created?: CreateEvent;
  readonly ended?: EndEvent;
  /** How long the recording knows of the connection, in milliseconds since the trace's start. */
  readonly end: number;
  readonly calls: readonly CallRow[];
  readonly states: readonly StateEvent[];
  /** What `createOffer` and `createAnswer` gave. */
  readonly made: readonly MadeDescription[];
  /** Every description that was applied or was to be, in the order of the calls. */
  readonly applied: readonly AppliedDescription[];
  readonly rounds: readonly ConnectionRound[];
  /** Candidates that were gathered, and gathering errors. */
  readonly gathered: readonly CandidateEvent[];
  /** Candidates that were given by `addIceCandidate`. */
  readonly given: readonly GivenCandidate[];
  readonly pairs: readonly PairEvent[];
  readonly channels: readonly ChannelEvent[];
  readonly stats: readonly StatsEvent[];
}

/** The states of W3C's RTCSignalingState. */
export type SignalingState =
  | "stable"
  | "have-local-offer"
  | "have-remote-offer"
  | "have-local-pranswer"
  | "have-remote-pranswer";

/** A description that the engine made, before it was applied. */
export interface MadeDescription {
  readonly seq: number;
  readonly t: number;
  readonly type: "offer" | "answer";
  readonly sdp: string;
}

/** A call of `setLocalDescription` or `setRemoteDescription`. */
export interface AppliedDescription {
  readonly side: "local" | "remote";
  readonly type: DescriptionInit["type"];
  /** Absent for a rollback, and where the engine made the description itself and nobody wrote it down. */
  readonly sdp?: string;
  /** The event that has the text: the call, or its end. */
  readonly seq: number;
  /** When it was called. */
  readonly t: number;
  /** When it ended; absent while it did not. */
  readonly settledAt?: number;
  readonly error?: EventError;
  readonly call: CallRow;
  /** The signaling state in which the engine took it up, as the earlier calls left it. */
  readonly stateBefore: SignalingState;
}

/** One offer/answer exchange as one connection saw it. */
export interface ConnectionRound {
  readonly offer: AppliedDescription;
  /** The answer that was accepted. */
  readonly answer?: AppliedDescription;
  /** Answers that were refused while the offer waited. */
  readonly refused: readonly AppliedDescription[];
  /** The offer was taken back. */
  readonly isRolledBack: boolean;
}

/** A candidate that was given to a connection; `init` null is end-of-candidates. */
export interface GivenCandidate {
  readonly seq: number;
  readonly t: number;
  readonly settledAt?: number;
  /** What the call was given; not always a candidate. */
  readonly argument: unknown;
  readonly init: CandidateInit | null | undefined;
  readonly error?: EventError;
  /** Whether the call is known to have succeeded. */
  readonly isAccepted: boolean;
}

/** Reads a trace for the rules. Never throws: events that are none, or lack what their kind promises, are left out. */
export function readSession(given: Trace): Session {
  return finish(sessionSteps(given));
}

/** `readSession`, in steps. What a session works out when first asked for is worked out here, so that no rule does it at once. */
export function* sessionSteps(given: Trace): Steps<Session> {
  const events = yield* usable(given?.events);
  const peers = Array.isArray(given?.header?.peers) ? given.header.peers : [];
  const limits: unknown = given?.header?.source?.limits;
  const trace: Trace = { header: { ...given?.header, peers }, events };
  const { groups, calling, hasCalls } = yield* groupByConnection(events);
  const calls = groupBy(yield* callSteps({ header: trace.header, events: calling }), keyOf);
  yield;
  const end = events.at(-1)?.t ?? 0;
  const ended = new Map<string, EndEvent>();
  for (const event of calling) if (event.kind === "end") ended.set(keyOf(event), event);
  const perPeer = new Map<string, number>();
  for (const { peer } of groups.values()) perPeer.set(peer, (perPeer.get(peer) ?? 0) + 1);
  const connections: Connection[] = [];
  for (const [key, group] of groups) {
    connections.push(
      connectionOf(group, calls.get(key) ?? [], {
        name: nameOf(group, peers, (perPeer.get(group.peer) ?? 0) > 1),
        ended: ended.get(key) ?? ended.get(keyOf({ peer: group.peer })) ?? ended.get(keyOf({})),
        end,
      }),
    );
    yield;
  }
  const readings = new Map<string, Reading>();
  const read = (sdp: string): Reading => {
    const known = readings.get(sdp);
    if (known) return known;
    const reading = recentReading(sdp);
    readings.set(sdp, reading);
    return reading;
  };
  const others = otherEnds(connections, yield* pairingSteps(events));
  const byPeer = groupBy(connections, ({ peer }) => peer);
  const deliveries = yield* joinSteps(trace);
  let makers: ReadonlyMap<string, Connection> | undefined;
  let carried: ReadonlyMap<string, readonly Delivery[]> | undefined;
  return {
    trace,
    connections,
    deliveries,
    end,
    hasClock:
      trace.header.clock !== "second" &&
      trace.header.clock !== "none" &&
      events.some(({ t }) => t !== events[0]?.t),
    limits: new Set(Array.isArray(limits) ? limits : []),
    hasCalls,
    read,
    otherEnd: (connection) => others.get(connection),
    connectionsOf: (peer) => byPeer.get(peer) ?? [],
    makerOf(sdp) {
      makers ??= makersOf(connections);
      return makers.get(sdp);
    },
    messagesWith(type, sdp) {
      carried ??= groupBy(deliveries, ({ payload }) =>
        payload.kind === "description"
          ? `${payload.description.type} ${originOf(payload.description.sdp)}`
          : "",
      );
      return carried.get(`${type} ${originOf(sdp)}`) ?? [];
    },
  };
}

/** The `state` events of one machine, in order. */
export function statesOf(connection: Connection, machine: Machine): readonly StateEvent[] {
  return connection.states.filter((event) => event.machine === machine);
}

/** The last known state of a machine; W3C's first state where it never moved. */
export function stateAtEnd(connection: Connection, machine: Machine): string {
  return statesOf(connection, machine).at(-1)?.to ?? (machine === "signaling" ? "stable" : "new");
}

/** The first event that shows that ICE found a way: its state, a selected pair, or the connection's state. */
export function iceConnectedEvent(connection: Connection): TraceEvent | undefined {
  const state = connection.states.find(
    ({ machine, to }) =>
      (machine === "ice" && (to === "connected" || to === "completed")) ||
      (machine === "connection" && to === "connected") ||
      (machine === "dtls" && to === "connected"),
  );
  const pair = connection.pairs.find(({ selected }) => selected === true);
  if (!state || !pair) return state ?? pair;
  return state.seq < pair.seq ? state : pair;
}

/** The first event that shows that the whole connection came up, DTLS included. */
export function connectedEvent(connection: Connection): StateEvent | undefined {
  return connection.states.find(
    ({ machine, to }) =>
      (machine === "connection" && to === "connected") || (machine === "channel" && to === "open"),
  );
}

/** Whether ICE or the whole connection came up at some time: what went wrong before was overcome. */
export function cameUp(connection: Connection): boolean {
  return iceConnectedEvent(connection) !== undefined || connectedEvent(connection) !== undefined;
}

/** When the connection was closed: its own `close`, or the state that says so. */
export function closedAt(connection: Connection): number | undefined {
  const call = connection.calls.find(({ method }) => method === "close")?.begin.t;
  const state = connection.states.find(
    ({ machine, to }) => to === "closed" && (machine === "signaling" || machine === "connection"),
  )?.t;
  if (call === undefined || state === undefined) return call ?? state;
  return Math.min(call, state);
}

/** The remote description that held at a time. */
export function remoteDescriptionAt(
  connection: Connection,
  t: number,
): AppliedDescription | undefined {
  let remotes = remotesOf.get(connection);
  if (!remotes) {
    remotes = connection.applied
      .filter((each) => each.side === "remote" && each.type !== "rollback" && isApplied(each))
      .sort((a, b) => (a.settledAt ?? 0) - (b.settledAt ?? 0));
    remotesOf.set(connection, remotes);
  }
  let low = 0;
  let high = remotes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((remotes[middle]?.settledAt ?? 0) <= t) low = middle + 1;
    else high = middle;
  }
  return remotes[low - 1];
}

const remotesOf = new WeakMap<Connection, readonly AppliedDescription[]>();

/** When a connection first had both descriptions; `undefined` when it never had. */
export function describedAt(connection: Connection): number | undefined {
  const firstOf = (side: AppliedDescription["side"]): number | undefined =>
    connection.applied.find(
      (each) => each.side === side && each.type !== "rollback" && isApplied(each),
    )?.settledAt;
  const local = firstOf("local");
  const remote = firstOf("remote");
  return local === undefined || remote === undefined ? undefined : Math.max(local, remote);
}

/** An offer and the answer that was accepted, both with their texts. */
export interface Exchange {
  readonly offer: AppliedDescription & { readonly sdp: string };
  readonly answer: AppliedDescription & { readonly sdp: string };
  readonly connection: Connection;
}

/** Every exchange of a session once, as the answering side saw it where that was recorded. */
export function exchangesOf(session: Session): readonly Exchange[] {
  const found = new Map<string, Exchange>();
  for (const connection of session.connections) {
    for (const { offer, answer } of connection.rounds) {
      if (!hasText(offer) || !answer || !hasText(answer)) continue;
      if (found.has(answer.sdp) && answer.side === "remote") continue;
      found.set(answer.sdp, { offer, answer, connection });
    }
  }
  return [...found.values()];
}

function hasText(
  applied: AppliedDescription,
): applied is AppliedDescription & { readonly sdp: string } {
  return applied.sdp !== undefined;
}

/** Whether the engine took the description. */
export function isApplied({ settledAt, error }: AppliedDescription): boolean {
  return settledAt !== undefined && error === undefined;
}

function* usable(events: unknown): Steps<TraceEvent[]> {
  if (!Array.isArray(events)) return [];
  const found: TraceEvent[] = [];
  for (let index = 0; index < events.length; index++) {
    if (index % STEP === STEP - 1) yield;
    const reading = readEvent(events[index]);
    if ("event" in reading) found.push(reading.event);
  }
  return found;
}

/** The events of one connection, by what they tell. */
interface Group {
  readonly peer: string;
  readonly pc: string | undefined;
  readonly first: TraceEvent;
  created?: CreateEvent;
  readonly states: StateEvent[];
  readonly candidates: CandidateEvent[];
  readonly pairs: PairEvent[];
  readonly channels: ChannelEvent[];
  readonly stats: StatsEvent[];
}

/** What a signaling message or a remark has to do with a connection is told by its peer alone. */
const unbound: ReadonlySet<string> = new Set(["signal", "note", "alive", "end"]);

/** The events by their connection; `calling` are those that begin and end calls and connections. */
function* groupByConnection(events: readonly TraceEvent[]): Steps<{
  readonly groups: ReadonlyMap<string, Group>;
  readonly calling: readonly TraceEvent[];
  readonly hasCalls: boolean;
}> {
  const groups = new Map<string, Group>();
  const calling: TraceEvent[] = [];
  let hasCalls = false;
  let done = 0;
  for (const event of events) {
    if (++done % STEP === 0) yield;
    const { peer, pc } = event;
    if (event.kind === "call") hasCalls = true;
    if (event.kind === "call" || event.kind === "settle" || event.kind === "end")
      calling.push(event);
    if (unbound.has(event.kind) || (peer === undefined && pc === undefined)) continue;
    const key = keyOf(event);
    let group = groups.get(key);
    if (!group) {
      group = {
        peer: peer ?? "",
        pc,
        first: event,
        states: [],
        candidates: [],
        pairs: [],
        channels: [],
        stats: [],
      };
      groups.set(key, group);
    }
    if (event.kind === "create") group.created ??= event;
    else if (event.kind === "state") group.states.push(event);
    else if (event.kind === "candidate") group.candidates.push(event);
    else if (event.kind === "pair") group.pairs.push(event);
    else if (event.kind === "channel") group.channels.push(event);
    else if (event.kind === "stats") group.stats.push(event);
  }
  return { groups, calling, hasCalls };
}

function groupBy<T>(values: readonly T[], keyOfValue: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOfValue(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

function makersOf(connections: readonly Connection[]): ReadonlyMap<string, Connection> {
  const makers = new Map<string, Connection>();
  for (const connection of connections) {
    const own = connection.applied.filter(({ side }) => side === "local");
    for (const { sdp } of [...connection.made, ...own])
      if (sdp !== undefined && !makers.has(sdp)) makers.set(sdp, connection);
  }
  return makers;
}

/** The `o=` line of a description, which tells it from every other one of its session; empty without one. */
export function originOf(sdp: string): string {
  const at = sdp.indexOf("o=");
  if (at < 0) return "";
  const end = sdp.indexOf("\n", at);
  return sdp.slice(at, end < 0 ? undefined : end).trim();
}

function nameOf(
  { peer, pc }: Group,
  peers: Trace["header"]["peers"],
  isOneOfSeveral: boolean,
): string {
  const known = peers.find((each) => each?.id === peer);
  const name = typeof known?.name === "string" && known.name !== "" ? known.name : peer;
  if (pc === undefined || !isOneOfSeveral) return name;
  return name === "" ? pc : `${name} (${pc})`;
}

function keyOf({ peer, pc }: { readonly peer?: string; readonly pc?: string }): string {
  return JSON.stringify([peer, pc]);
}

function connectionOf(
  { peer, pc, first, created, states, candidates, pairs, channels, stats }: Group,
  calls: readonly CallRow[],
  known: {
    readonly name: string;
    readonly ended: EndEvent | undefined;
    readonly end: number;
  },
): Connection {
  const { applied, rounds } = readApplied(calls);
  const { ended } = known;
  return {
    peer,
    ...(pc !== undefined && { pc }),
    name: known.name,
    first,
    ...(created && { created }),
    ...(ended && { ended }),
    end: ended && ended.reason !== "lost" ? ended.t : known.end,
    calls,
    states,
    made: calls.flatMap(readMade),
    applied,
    rounds,
    gathered: candidates.filter(({ side }) => side === "local"),
    given: readGiven(calls, candidates),
    pairs,
    channels,
    stats,
  };
}

function readMade({ method, settle }: CallRow): MadeDescription[] {
  if (method !== "createOffer" && method !== "createAnswer") return [];
  const made = readDescriptionInit(settle?.result);
  if (!settle || !made) return [];
  const type = method === "createOffer" ? "offer" : "answer";
  return [{ seq: settle.seq, t: settle.t, type, sdp: made.sdp }];
}

function readApplied(calls: readonly CallRow[]): Pick<Connection, "applied" | "rounds"> {
  const applied: AppliedDescription[] = [];
  const rounds: OpenRound[] = [];
  let state: SignalingState = "stable";
  let open: OpenRound | undefined;
  for (const call of calls) {
    const { method, begin, settle, error } = call;
    if (method !== "setLocalDescription" && method !== "setRemoteDescription") continue;
    const side = method === "setLocalDescription" ? "local" : "remote";
    const description = descriptionOf(begin, settle?.result, side, state);
    if (!description) continue;
    const row: AppliedDescription = {
      side,
      type: description.type,
      ...(description.sdp !== undefined && { sdp: description.sdp }),
      seq: description.isResult && settle ? settle.seq : begin.seq,
      t: begin.t,
      ...(settle && { settledAt: settle.t }),
      ...(error && { error }),
      call,
      stateBefore: state,
    };
    applied.push(row);
    const isAnswer = row.type === "answer" || row.type === "pranswer";
    if (error) {
      if (isAnswer && open && open.offer.side !== side) open.refused.push(row);
      continue;
    }
    if (row.type === "offer") {
      if (open && !open.answer) open.isRolledBack = open.offer.side !== side;
      open = { offer: row, refused: [], isRolledBack: false };
      rounds.push(open);
    } else if (row.type === "rollback") {
      if (open && !open.answer) open.isRolledBack = true;
      open = undefined;
    } else if (open && open.offer.side !== side) {
      open.answer = row;
      if (row.type === "answer") open = undefined;
    }
    state = nextState(row);
  }
  return { applied, rounds };
}

interface OpenRound {
  readonly offer: AppliedDescription;
  answer?: AppliedDescription;
  readonly refused: AppliedDescription[];
  isRolledBack: boolean;
}

function nextState({ side, type }: Pick<AppliedDescription, "side" | "type">): SignalingState {
  switch (type) {
    case "offer":
      return `have-${side}-offer`;
    case "pranswer":
      return `have-${side}-pranswer`;
    case "answer":
    case "rollback":
      return "stable";
    default:
      return type satisfies never;
  }
}

/** What a call applied: its argument, or what the engine made of no argument. */
function descriptionOf(
  begin: CallEvent,
  result: unknown,
  side: "local" | "remote",
  state: SignalingState,
):
  | { readonly type: DescriptionInit["type"]; readonly sdp?: string; readonly isResult: boolean }
  | undefined {
  const [argument] = begin.arguments;
  const init = readDescriptionInit(argument);
  if (typeOf(argument) === "rollback") return { type: "rollback", isResult: false };
  // An empty text asks the engine to use what it made last.
  if (init && (init.sdp !== "" || side === "remote")) {
    return { type: init.type, sdp: init.sdp, isResult: false };
  }
  if (side === "remote") return undefined;
  const made = readDescriptionInit(result);
  if (made) return { type: made.type, sdp: made.sdp, isResult: true };
  const isAnswering = state === "have-remote-offer" || state === "have-local-pranswer";
  return { type: init?.type ?? (isAnswering ? "answer" : "offer"), isResult: false };
}

function typeOf(argument: unknown): unknown {
  return typeof argument === "object" && argument !== null
    ? (argument as { readonly type?: unknown }).type
    : undefined;
}

function readGiven(
  calls: readonly CallRow[],
  candidates: readonly CandidateEvent[],
): GivenCandidate[] {
  const given = calls.flatMap(({ method, begin, settle, error }): GivenCandidate[] => {
    if (method !== "addIceCandidate") return [];
    const [argument] = begin.arguments;
    return [
      {
        seq: begin.seq,
        t: begin.t,
        ...(settle && { settledAt: settle.t }),
        argument,
        init: initOf(argument),
        ...(error && { error }),
        isAccepted: settle !== undefined && error === undefined,
      },
    ];
  });
  if (given.length > 0) return given;
  // A source without calls still tells which candidates a connection has.
  return candidates.flatMap(({ seq, t, candidate, side }): GivenCandidate[] => {
    if (side !== "remote") return [];
    return [
      { seq, t, settledAt: t, argument: candidate, init: initOf(candidate), isAccepted: true },
    ];
  });
}

function initOf(argument: unknown): CandidateInit | null | undefined {
  if (argument === null || argument === undefined) return null;
  const text = (argument as { readonly candidate?: unknown }).candidate;
  if (typeof text !== "string") return undefined;
  return text === "" ? null : (argument as CandidateInit);
}

/** The two ends of each connection of which both were recorded. */
function otherEnds(
  connections: readonly Connection[],
  pairs: readonly ConnectionPair[],
): ReadonlyMap<Connection, Connection> {
  const byPlace = new Map(connections.map((each) => [keyOf(each), each]));
  const ends = new Map<Connection, Connection>();
  for (const { a, b } of pairs) {
    const near = byPlace.get(keyOf(a));
    const far = byPlace.get(keyOf(b));
    if (near && far) ends.set(near, far).set(far, near);
  }
  return ends;
}
