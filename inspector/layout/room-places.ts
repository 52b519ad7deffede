import type { RoomEdge, RoomGraph } from "./room-graph.ts";
import { urgency } from "./room-graph.ts";

/** A point of the picture. Pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An edge as it runs: a curve from node to node, and where its label stands, if there is room for one. */
export interface EdgePlace {
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
  /** The control point of the quadratic curve; on the line where it is straight. */
  readonly bend: Point;
  readonly middle: Point;
  readonly label?: Point;
}

/** A room in pixels. */
export interface RoomPlaces {
  /** Node by node, in the graph's order. */
  readonly nodes: readonly Point[];
  readonly edges: readonly EdgePlace[];
  readonly server?: Point;
  /** Half of a node's width and height. */
  readonly nodeSize: Point;
  /** Nodes stand so close that only their names have room. */
  readonly isSmall: boolean;
}

/** Half of a label's width and height. */
export const labelSize: Point = { x: 66, y: 19 };

/** Half the size of the server's box. */
export const serverSize: Point = { x: 74, y: 21 };

const GAP = 12;

/**
 * Places a room: two peers face each other; a peer that all others are connected with, and none of them with another, stands
 * in the middle (a media server); any other room is a ring. The signaling server stands above. Labels go where they
 * cover neither a node nor each other, those of the worst connections first; the rest have none, nor have those that are well among many.
 */
export function placeRoom(graph: RoomGraph, width: number, height: number): RoomPlaces {
  const { nodes } = graph;
  const isSmall = width < 560 || nodes.length > 12;
  const nodeSize = isSmall ? { x: 40, y: 16 } : { x: 62, y: 23 };
  const server = graph.server ? { x: width / 2, y: serverSize.y + GAP } : undefined;
  const top = (server ? server.y + serverSize.y + GAP * 2 : GAP) + nodeSize.y;
  const bottom = height - GAP - nodeSize.y;
  const center = { x: width / 2, y: (top + bottom) / 2 };
  const radius = {
    x: Math.max(0, Math.min(width / 2 - nodeSize.x - GAP, (bottom - top) * 0.95)),
    y: Math.max(0, (bottom - top) / 2),
  };
  const hub = hubOf(graph);
  const ring = nodes.filter(({ id }) => id !== hub);
  const points = new Map<string, Point>();
  if (hub !== undefined) points.set(hub, center);
  if (nodes.length === 1) for (const { id } of nodes) points.set(id, center);
  else if (nodes.length === 2) {
    const reach = Math.min(radius.x, 300);
    for (const [index, { id }] of nodes.entries())
      points.set(id, { x: center.x + (index === 0 ? -reach : reach), y: center.y });
  } else {
    // An even ring has its flat side on top: the server above it then stands between two peers.
    const first = -Math.PI / 2 - (ring.length % 2 === 0 ? Math.PI / ring.length : 0);
    for (const [index, { id }] of ring.entries()) {
      const angle = first + (index * 2 * Math.PI) / ring.length;
      points.set(id, {
        x: center.x + radius.x * Math.cos(angle),
        y: center.y + radius.y * Math.sin(angle),
      });
    }
  }
  const places = nodes.map(({ id }) => points.get(id) ?? center);
  const curves = graph.edges.map((edge) => curveOf(edge, graph.edges, points, center));
  const labels = placeLabels(graph.edges, curves, places, nodeSize, server, { width, height });
  return {
    nodes: places,
    edges: curves.map((curve, index) => {
      const label = labels[index];
      return { ...curve, ...(label && { label }) };
    }),
    ...(server && { server }),
    nodeSize,
    isSmall,
  };
}

/** The one node that takes part in every connection, of three nodes or more. */
function hubOf({ nodes, edges }: RoomGraph): string | undefined {
  if (nodes.length < 3 || edges.length === 0) return undefined;
  const [first] = edges;
  return [first?.from, first?.to].find(
    (id) => id !== undefined && edges.every(({ from, to }) => from === id || to === id),
  );
}

/** How far parallel connections are bent from each other. */
const BEND = 64;

function curveOf(
  edge: RoomEdge,
  edges: readonly RoomEdge[],
  points: ReadonlyMap<string, Point>,
  center: Point,
): Omit<EdgePlace, "label"> {
  const from = points.get(edge.from) ?? center;
  const to = points.get(edge.to) ?? center;
  const parallel = edges.filter(
    (other) =>
      (other.from === edge.from && other.to === edge.to) ||
      (other.from === edge.to && other.to === edge.from),
  );
  const place = parallel.indexOf(edge) - (parallel.length - 1) / 2;
  const middle = between(from, to, 0.5);
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const isTurned = edge.from > edge.to ? -1 : 1;
  const by = place * BEND * isTurned;
  const bend = {
    x: middle.x - ((to.y - from.y) / length) * by * 2,
    y: middle.y + ((to.x - from.x) / length) * by * 2,
  };
  return { id: edge.id, from, to, bend, middle: onCurve({ from, to, bend }, 0.5) };
}

function between(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

function onCurve(
  { from, to, bend }: Pick<EdgePlace, "from" | "to" | "bend">,
  share: number,
): Point {
  return between(between(from, bend, share), between(bend, to, share), share);
}

/** Where along its curve a label is tried. */
const tried: readonly number[] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73];

/** Of more connections only those that need a look have labels. */
const FEW_EDGES = 12;

function placeLabels(
  edges: readonly RoomEdge[],
  curves: readonly Omit<EdgePlace, "label">[],
  nodes: readonly Point[],
  nodeSize: Point,
  server: Point | undefined,
  { width, height }: { readonly width: number; readonly height: number },
): readonly (Point | undefined)[] {
  const taken: { readonly at: Point; readonly size: Point }[] = nodes.map((at) => ({
    at,
    size: nodeSize,
  }));
  if (server) taken.push({ at: server, size: serverSize });
  const found: (Point | undefined)[] = edges.map(() => undefined);
  const rankOf = (index: number): number => urgency.indexOf(edges[index]?.tone ?? "ended");
  const indices = [...edges.keys()]
    .filter((index) => edges.length <= FEW_EDGES || rankOf(index) < urgency.indexOf("ok"))
    .sort((a, b) => rankOf(a) - rankOf(b));
  for (const index of indices) {
    const curve = curves[index];
    if (!curve) continue;
    const at = tried
      .map((share) => onCurve(curve, share))
      .find(
        (point) =>
          point.x > labelSize.x &&
          point.x < width - labelSize.x &&
          point.y > labelSize.y &&
          point.y < height - labelSize.y &&
          taken.every(
            (other) =>
              Math.abs(other.at.x - point.x) >= other.size.x + labelSize.x + 2 ||
              Math.abs(other.at.y - point.y) >= other.size.y + labelSize.y + 2,
          ),
      );
    if (!at) continue;
    found[index] = at;
    taken.push({ at, size: labelSize });
  }
  return found;
}
