import type { Tone } from "../../lib/index.ts";
import type { LaneColumns, LaneGroupColumns, Picture } from "../source/picture.ts";
import { sliceIndexAt, tones } from "../source/picture.ts";
import type { RoomReading } from "../source/room.ts";

/** A peer, or the end of a connection that was not recorded. */
export interface RoomNode {
  readonly id: string;
  readonly name: string;
  readonly engine?: string;
  readonly isRecorded: boolean;
  /** How many messages it had sent and received; absent where no server carried them. */
  readonly signals?: { readonly sent: number; readonly received: number };
}

/** A connection between two nodes, as it stands at a moment. */
export interface RoomEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Its recorded ends, by their index in the lanes. */
  readonly ends: readonly RoomEnd[];
  /** The worse of both ends: it shows which connection is bad. */
  readonly state: string;
  readonly tone: Tone;
  /** The state of the better end, where both ends differ. */
  readonly otherState?: string;
  /** The types of the selected pair, such as `host ⇄ relay`. */
  readonly pair?: string;
  readonly roundTripMs?: number;
  /** The event that began the worse end's state. */
  readonly seq?: number;
}

/** One end of an edge. */
export interface RoomEnd {
  readonly connection: number;
  readonly state: string;
  readonly tone: Tone;
}

/** A room as a graph: peers, and what lies between them. */
export interface RoomGraph {
  readonly nodes: readonly RoomNode[];
  readonly edges: readonly RoomEdge[];
  /** The signaling server, where messages went through one: its transports, and how many messages it had carried. */
  readonly server?: { readonly name: string; readonly messages: number };
  /** How many nodes were left out, because there are too many to draw. */
  readonly leftOut: number;
}

/** So many nodes can be told apart on a screen. */
const MOST_NODES = 32;

/**
 * The room at a moment: each connection with its state, from the lanes, and joined with its other end. A connection that
 * did not exist yet has the state `""`; ICE that waits for nothing is `stalled`.
 */
export function roomGraph(
  picture: Pick<Picture, "lanes" | "labels" | "ladder">,
  reading: RoomReading,
  t: number,
): RoomGraph {
  const signals = new Map(reading.signals.map((one) => [one.peer, one]));
  const nodes = new Map<string, RoomNode>();
  const nodeOf = (group: LaneGroupColumns): string => {
    const id = `peer ${group.peer}`;
    const { name, engine, peer } = group;
    const counts = signals.get(peer);
    if (!nodes.has(id)) {
      nodes.set(id, {
        id,
        name,
        isRecorded: true,
        ...(engine !== undefined && { engine }),
        ...(counts && { signals: { sent: counts.sent, received: counts.received } }),
      });
    }
    return id;
  };
  // Peers in the order of the lanes, whatever is connected with what.
  for (const group of picture.lanes) nodeOf(group);
  const roundTrips = new Map(reading.roundTrips.map(({ connection, ms }) => [connection, ms]));
  const edges = reading.links.flatMap((link): RoomEdge[] => {
    const group = picture.lanes[link.a];
    if (!group) return [];
    const other = link.b === undefined ? undefined : picture.lanes[link.b];
    const from = nodeOf(group);
    const to = other ? nodeOf(other) : `end ${link.a}`;
    if (!other) nodes.set(to, { id: to, name: group.pc ?? "", isRecorded: false });
    const indices = [link.a, ...(other && link.b !== undefined ? [link.b] : [])];
    const read = indices
      .map((connection) => ({ connection, ...stateOf(picture, connection, t) }))
      .sort((a, b) => gravity.indexOf(b.tone) - gravity.indexOf(a.tone));
    const [worst, better] = read;
    if (!worst) return [];
    const pair = indices.map((index) => pairOf(picture, index, t)).find((one) => one !== undefined);
    const roundTripMs = indices
      .map((index) => roundTrips.get(index))
      .find((ms) => ms !== undefined);
    return [
      {
        id: indices.join(" "),
        from,
        to,
        ends: read.map(({ connection, state, tone }) => ({ connection, state, tone })),
        state: worst.state,
        tone: worst.tone,
        ...(better && better.state !== worst.state && { otherState: better.state }),
        ...(pair !== undefined && { pair }),
        ...(roundTripMs !== undefined && { roundTripMs }),
        ...(worst.seq !== undefined && { seq: worst.seq }),
      },
    ];
  });
  const column = picture.ladder.columns.find(({ kind }) => kind === "server");
  const messages = reading.signals.reduce((sum, { sent, received }) => sum + sent + received, 0);
  const kept = keep([...nodes.values()], edges);
  const ids = new Set(kept.map(({ id }) => id));
  return {
    nodes: kept,
    edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    ...(column && { server: { name: column.name, messages } }),
    leftOut: nodes.size - kept.length,
  };
}

/** Which of two ends tells more: with one end closed there is no connection. */
const gravity: readonly Tone[] = ["ok", "progress", "ended", "idle", "waiting", "failed"];

/** What somebody looks for comes first; what is over comes last. */
export const urgency: readonly Tone[] = ["failed", "waiting", "idle", "progress", "ok", "ended"];

/** Of too many nodes those with the worst connections. */
function keep(nodes: readonly RoomNode[], edges: readonly RoomEdge[]): readonly RoomNode[] {
  if (nodes.length <= MOST_NODES) return nodes;
  const rank = new Map<string, number>();
  for (const { from, to, tone } of edges) {
    const here = urgency.indexOf(tone);
    for (const id of [from, to]) rank.set(id, Math.min(here, rank.get(id) ?? urgency.length));
  }
  const rankOf = ({ id }: RoomNode): number => rank.get(id) ?? urgency.length;
  const chosen = new Set(nodes.toSorted((a, b) => rankOf(a) - rankOf(b)).slice(0, MOST_NODES));
  return nodes.filter((node) => chosen.has(node));
}

function stateOf(
  { lanes, labels }: Pick<Picture, "lanes" | "labels">,
  connection: number,
  t: number,
): { readonly state: string; readonly tone: Tone; readonly seq?: number } {
  const group = lanes[connection];
  const whole = readLane(laneOf(group, "connection"), labels, t);
  const ice = readLane(laneOf(group, "ice"), labels, t);
  if (!whole && !ice) return { state: "", tone: "idle" };
  // Engines without a state for the whole connection tell by ICE alone.
  const told = !whole || (whole.state === "new" && ice && ice.state !== "new") ? ice : whole;
  if (!told) return { state: "", tone: "idle" };
  const isStalled = ice?.isStalled === true && told.tone !== "ended";
  const { state, tone, seq } = told;
  return isStalled ? { state: "stalled", tone: "failed", seq } : { state, tone, seq };
}

function readLane(
  lane: LaneColumns | undefined,
  labels: readonly string[],
  t: number,
):
  | {
      readonly state: string;
      readonly tone: Tone;
      readonly seq: number;
      readonly isStalled: boolean;
    }
  | undefined {
  if (!lane) return undefined;
  const index = sliceIndexAt(lane.slices, t);
  if (index < 0) return undefined;
  const { label, tone, seq, stalls } = lane.slices;
  return {
    state: labels[label[index] ?? 0] ?? "",
    tone: tones[tone[index] ?? 0] ?? "idle",
    seq: seq[index] ?? 0,
    isStalled: stalls.some((stall) => stall.index === index && stall.from <= t),
  };
}

function pairOf(
  { lanes, labels }: Pick<Picture, "lanes" | "labels">,
  connection: number,
  t: number,
): string | undefined {
  return readLane(laneOf(lanes[connection], "pair"), labels, t)?.state;
}

function laneOf(
  group: LaneGroupColumns | undefined,
  kind: LaneColumns["kind"],
): LaneColumns | undefined {
  return group?.lanes.find((lane) => lane.kind === kind);
}
