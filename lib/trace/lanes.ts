import type { EventError, Machine, TraceEvent } from "./event.ts";
import type { CallRow, CandidateRow } from "./tables.ts";
import { callTable, candidateTable } from "./tables.ts";
import type { Trace } from "./trace.ts";

/** What a state or call means for the connection, whatever machine it belongs to. */
export type Tone = "idle" | "progress" | "ok" | "waiting" | "failed" | "ended";

/** A stretch of time in which one state held, or one call ran. Milliseconds since the trace's start. */
export interface Slice {
  /** The event that began it; the connection's first event where no event did. */
  readonly seq: number;
  readonly start: number;
  readonly end: number;
  /** It lasted until the recording's end: `end` is what is known so far. */
  readonly isOpen: boolean;
  /** The state, the method or the selected pair, as recorded. */
  readonly label: string;
  readonly tone: Tone;
  /** From here on nothing moved although something had to: ICE that never left `new` after both descriptions. */
  readonly stalledFrom?: number;
  /** Of a call that was refused. */
  readonly error?: EventError;
}

/** A candidate at its time. */
export interface Mark {
  readonly seq: number;
  readonly t: number;
  readonly side: "local" | "remote";
  /** `end` is end-of-candidates, `error` a gathering error, `unknown` a text that could not be read. */
  readonly shape: "host" | "srflx" | "prflx" | "relay" | "end" | "error" | "unknown";
  /** `addIceCandidate` refused it. */
  readonly isRefused: boolean;
}

/** One line of a connection's picture: slices that never overlap within a state machine, or marks. */
export interface Lane {
  readonly kind: Machine | "pair" | "calls" | "candidates";
  /** Which transport, channel or transceiver, where a connection has several. */
  readonly id?: string;
  /** A channel's label. */
  readonly name?: string;
  readonly slices: readonly Slice[];
  readonly marks: readonly Mark[];
}

/** The lanes of one connection of one peer. */
export interface LaneGroup {
  readonly peer: string;
  readonly pc?: string;
  /** The peer's name, else its id. */
  readonly name: string;
  readonly engine?: string;
  readonly lanes: readonly Lane[];
}

/**
 * The state lanes of every connection in a trace, in the order in which the header names the peers, then as they appear.
 * Each connection has its signaling, gathering, ICE and connection lane even when none of them ever moved.
 */
export function lanes(
  trace: Trace,
  calls: readonly CallRow[] = callTable(trace),
  candidates: readonly CandidateRow[] = candidateTable(trace, calls),
): readonly LaneGroup[] {
  const ends = trace.events.at(-1)?.t ?? 0;
  const connections: Connection[] = [];
  const known = new Map<string | undefined, Map<string | undefined, Connection>>();
  for (const event of trace.events) {
    if (!belongsToConnection(event)) continue;
    const ofPeer = known.get(event.peer) ?? new Map<string | undefined, Connection>();
    if (ofPeer.size === 0) known.set(event.peer, ofPeer);
    let connection = ofPeer.get(event.pc);
    if (!connection) {
      connection = { peer: event.peer ?? "", pc: event.pc, first: event, events: [] };
      ofPeer.set(event.pc, connection);
      connections.push(connection);
    }
    // Statistics are most of a long recording, and no lane shows them.
    if (event.kind !== "stats" && event.kind !== "alive") connection.events.push(event);
  }
  const callsAt = groupBy(calls, ({ begin }) => placeKey(begin));
  const candidatesAt = groupBy(candidates, placeKey);
  const order = new Map(trace.header.peers.map(({ id }, index) => [id, index]));
  const rank = (peer: string): number => order.get(peer) ?? order.size;
  // A recorder has every state of a channel; of a dump that has none it is not known that one stayed closed.
  const knowsChannels =
    (trace.header.source.limits ?? []).length === 0 ||
    trace.events.some((event) => event.kind === "state" && event.machine === "channel");
  return connections
    .toSorted((a, b) => rank(a.peer) - rank(b.peer))
    .map((connection) => {
      const key = placeKey(connection);
      const peer = trace.header.peers.find(({ id }) => id === connection.peer);
      return {
        peer: connection.peer,
        ...(connection.pc !== undefined && { pc: connection.pc }),
        name: peer?.name ?? connection.peer,
        ...(peer?.engine !== undefined && { engine: peer.engine }),
        lanes: lanesOf(
          connection,
          ends,
          callsAt.get(key) ?? [],
          candidatesAt.get(key) ?? [],
          knowsChannels,
        ),
      };
    });
}

/**
 * The slice of a lane that holds at a time, `undefined` before the first one and after the last.
 * Of calls that overlap the one that began last.
 */
export function sliceAt(lane: Lane, t: number): Slice | undefined {
  let low = 0;
  let high = lane.slices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lane.slices[middle]?.start ?? 0) <= t) low = middle + 1;
    else high = middle;
  }
  const slice = lane.slices[low - 1];
  return slice && (t < slice.end || slice.isOpen || slice.end === slice.start) ? slice : undefined;
}

interface Connection {
  readonly peer: string;
  readonly pc: string | undefined;
  readonly first: TraceEvent;
  readonly events: TraceEvent[];
}

/** Signaling messages and remarks belong to a peer or a session: they make no connection by themselves. */
function belongsToConnection(event: TraceEvent): boolean {
  if (event.peer === undefined) return false;
  if (event.pc !== undefined) return true;
  switch (event.kind) {
    case "signal":
    case "note":
    case "alive":
    case "end":
      return false;
    default:
      return true;
  }
}

/** ICE that stays `new` this long after both descriptions were applied has stalled. Milliseconds. */
const STALL_TIME = 2000;

const always: readonly (readonly [Machine, string])[] = [
  ["signaling", "stable"],
  ["gathering", "new"],
  ["ice", "new"],
  ["connection", "new"],
];

const laneOrder: readonly Lane["kind"][] = [
  "signaling",
  "gathering",
  "ice",
  "dtls",
  "connection",
  "pair",
  "calls",
  "candidates",
  "channel",
  "transceiver",
];

function lanesOf(
  connection: Connection,
  end: number,
  calls: readonly CallRow[],
  candidates: readonly CandidateRow[],
  knowsChannels: boolean,
): Lane[] {
  const machines = new Map<string, MachineLane>();
  for (const [machine, initial] of always) {
    machines.set(machine, { kind: machine, initial, changes: [] });
  }
  const names = new Map<string, string>();
  const closed = connection.events.findLast(({ kind }) => kind === "end")?.t ?? end;
  for (const event of connection.events) {
    if (event.kind === "channel") {
      names.set(event.id, event.label);
      const key = `channel ${event.id}`;
      if (!machines.has(key)) {
        machines.set(key, {
          kind: "channel",
          id: event.id,
          changes: [],
          ...(knowsChannels && { opened: event }),
        });
      }
    }
    if (event.kind !== "state") continue;
    const isSingle = always.some(([machine]) => machine === event.machine);
    const key = isSingle || event.id === undefined ? event.machine : `${event.machine} ${event.id}`;
    const lane = machines.get(key) ?? {
      kind: event.machine,
      ...(event.id !== undefined && !isSingle && { id: event.id }),
      changes: [],
    };
    machines.set(key, lane);
    lane.changes.push(event);
  }

  const described = bothDescriptionsAt(calls);
  const result: Lane[] = [...machines.values()].map((machine) => ({
    kind: machine.kind,
    ...(machine.id !== undefined && { id: machine.id }),
    ...nameOf(machine, names),
    slices: stateSlices(machine, connection.first, closed, described),
    marks: [],
  }));
  const pairs = pairSlices(connection.events, closed);
  if (pairs.length > 0) result.push({ kind: "pair", slices: pairs, marks: [] });
  result.push({ kind: "calls", slices: calls.map((call) => callSlice(call, closed)), marks: [] });
  result.push({ kind: "candidates", slices: [], marks: candidates.map(candidateMark) });
  return result.sort((a, b) => laneOrder.indexOf(a.kind) - laneOrder.indexOf(b.kind));
}

function nameOf(
  { kind, id }: MachineLane,
  names: ReadonlyMap<string, string>,
): { readonly name?: string } {
  const name = kind === "channel" && id !== undefined ? names.get(id) : undefined;
  return name === undefined ? {} : { name };
}

interface MachineLane {
  readonly kind: Machine;
  readonly id?: string;
  readonly initial?: string;
  readonly opened?: TraceEvent;
  readonly changes: (TraceEvent & { readonly kind: "state" })[];
}

function stateSlices(
  machine: MachineLane,
  first: TraceEvent,
  end: number,
  described: number | undefined,
): Slice[] {
  const starts: { seq: number; t: number; state: string }[] = [];
  const begin = machine.opened ?? first;
  const initial = machine.changes[0]?.from ?? machine.initial ?? (machine.opened && "connecting");
  if (initial !== undefined) starts.push({ seq: begin.seq, t: begin.t, state: initial });
  for (const { seq, t, to } of machine.changes) starts.push({ seq, t, state: to });

  let wasBusy = false;
  return starts.flatMap(({ seq, t, state }, index): Slice[] => {
    const next = starts[index + 1];
    const sliceEnd = Math.max(t, next?.t ?? end);
    // The initial state of a machine that moved at once has no time of its own.
    if (index === 0 && next && next.t <= t && next.state !== state) return [];
    if (next && next.state === state && next.t === t) return [];
    const tone = toneOf(machine.kind, state, wasBusy);
    wasBusy ||= tone === "progress";
    const stalledFrom =
      machine.kind === "ice" && state === "new" && described !== undefined
        ? Math.max(t, described)
        : undefined;
    const isStalled = stalledFrom !== undefined && sliceEnd - stalledFrom >= STALL_TIME;
    return [
      {
        seq,
        start: t,
        end: sliceEnd,
        isOpen: next === undefined,
        label: state,
        tone,
        ...(isStalled && { stalledFrom }),
      },
    ];
  });
}

function toneOf(machine: Machine, state: string, wasBusy: boolean): Tone {
  switch (state) {
    case "stable":
      return wasBusy ? "ok" : "idle";
    case "connected":
    case "completed":
    case "complete":
    case "open":
      return "ok";
    case "checking":
    case "connecting":
    case "gathering":
    case "have-local-offer":
    case "have-remote-offer":
    case "have-local-pranswer":
    case "have-remote-pranswer":
      return "progress";
    case "disconnected":
    case "closing":
      return "waiting";
    case "failed":
      return "failed";
    case "closed":
    case "stopped":
      return "ended";
    case "sendrecv":
    case "sendonly":
    case "recvonly":
      return machine === "transceiver" ? "ok" : "idle";
    default:
      return "idle";
  }
}

/** When a connection had both descriptions; `undefined` when it never had. */
function bothDescriptionsAt(calls: readonly CallRow[]): number | undefined {
  const settled = (method: string): number | undefined =>
    calls.find((call) => call.method === method && call.settle && !call.error)?.settle?.t;
  const local = settled("setLocalDescription");
  const remote = settled("setRemoteDescription");
  return local === undefined || remote === undefined ? undefined : Math.max(local, remote);
}

function pairSlices(events: readonly TraceEvent[], end: number): Slice[] {
  const selections = events.filter((event) => event.kind === "pair" && event.selected === true);
  return selections.flatMap((event, index): Slice[] => {
    if (event.kind !== "pair") return [];
    const next = selections[index + 1];
    return [
      {
        seq: event.seq,
        start: event.t,
        end: next?.t ?? end,
        isOpen: next === undefined,
        label: `${typeWord(event.local)} ⇄ ${typeWord(event.remote)}`,
        tone: "ok",
      },
    ];
  });
}

function typeWord(candidate: string): string {
  const words = candidate.split(" ");
  return words[words.indexOf("typ") + 1] ?? "?";
}

function callSlice(call: CallRow, end: number): Slice {
  return {
    seq: call.begin.seq,
    start: call.begin.t,
    end: Math.max(call.begin.t, call.settle?.t ?? end),
    isOpen: call.settle === undefined,
    label: call.method,
    tone: call.error ? "failed" : call.settle ? "ok" : "progress",
    ...(call.error && { error: call.error }),
  };
}

function candidateMark(row: CandidateRow): Mark {
  return {
    seq: row.seq,
    t: row.t,
    side: row.side,
    shape: shapeOf(row),
    isRefused: row.refusal !== undefined,
  };
}

function shapeOf({ candidate, init, gatheringError }: CandidateRow): Mark["shape"] {
  if (gatheringError) return "error";
  if (init === null) return "end";
  const known = ["host", "srflx", "prflx", "relay"] as const;
  return known.find((type) => type === candidate?.type) ?? "unknown";
}

function placeKey({
  peer,
  pc,
}: {
  readonly peer?: string;
  readonly pc?: string | undefined;
}): string {
  return `${peer ?? ""} ${pc ?? ""}`;
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
