import { describe, expect, test } from "vitest";
import type { RoomGraph } from "../../../inspector/layout/room-graph.ts";
import { roomGraph } from "../../../inspector/layout/room-graph.ts";
import type { Point, RoomPlaces } from "../../../inspector/layout/room-places.ts";
import { labelSize, placeRoom, serverSize } from "../../../inspector/layout/room-places.ts";
import { paintPicture } from "../../../inspector/source/paint-picture.ts";
import { roomAt } from "../../../inspector/source/room.ts";
import { createSheet } from "../../../inspector/source/sheet.ts";
import type { Trace } from "../../../lib/doors/trace.ts";
import { recordedTrace } from "../../support/recorded-trace.ts";
import type { MadeLink } from "../../support/room-trace.ts";
import { roomTrace } from "../../support/room-trace.ts";

function graphOf(trace: Trace, t = Number.POSITIVE_INFINITY): RoomGraph {
  const sheet = createSheet(trace);
  return roomGraph(paintPicture(sheet, 1, false), roomAt(sheet, t), t);
}

const meshOf = (count: number) =>
  [...Array(count).keys()].flatMap((a) =>
    [...Array(count).keys()].slice(a + 1).map((b) => ({ ends: `p${a}-p${b}` })),
  );

describe("a room as a graph", () => {
  test("joins both ends of each connection of a mesh into one edge", () => {
    const graph = graphOf(recordedTrace("mesh-of-4"), 1500);
    expect(graph.nodes.map(({ name }) => name)).toEqual(["alice", "bob", "carol", "dave"]);
    expect(graph.edges).toHaveLength(6);
    for (const edge of graph.edges) {
      expect(edge).toMatchObject({ state: "connected", tone: "ok" });
      expect(edge.ends).toHaveLength(2);
      expect(edge.pair).toMatch(/^\w+ ⇄ \w+$/);
      expect(edge.roundTripMs).toBeGreaterThan(0);
    }
    expect(graph.server).toMatchObject({ name: "ws" });
  });

  test("shows how things stood at the cursor, and what was not there yet", () => {
    const trace = recordedTrace("mesh-of-4");
    expect(new Set(graphOf(trace, 1).edges.map(({ state }) => state))).toEqual(new Set([""]));
    const states = graphOf(trace, 300).edges.map(({ state }) => state);
    expect(states).not.toContain("connected");
    expect(states).toContain("connecting");
    expect(graphOf(trace, 1).server?.messages).toBe(0);
    expect(graphOf(trace, 300).server?.messages).toBeGreaterThan(10);
    expect(graphOf(trace, 300).edges.every(({ roundTripMs }) => roundTripMs === undefined)).toBe(
      true,
    );
  });

  test("takes the worse of two ends, names the other one, and the event that began it", () => {
    const trace = roomTrace([{ ends: "a-b" }]);
    const failed = {
      ...trace.events.at(-1),
      seq: 100,
      t: 900,
      peer: "b",
      pc: "pc1",
      kind: "state",
      machine: "connection",
      from: "connected",
      to: "failed",
    } as Trace["events"][number];
    const { edges } = graphOf({ ...trace, events: [...trace.events, failed] });
    expect(edges).toMatchObject([
      { state: "failed", tone: "failed", otherState: "connected", seq: 100 },
    ]);
  });

  test("calls ICE that waits for nothing stalled", () => {
    const [edge] = graphOf(recordedTrace("early-candidate")).edges;
    expect(edge).toMatchObject({ state: "stalled", tone: "failed" });
  });

  test("gives a connection whose other end was not recorded a node of its own", () => {
    const graph = graphOf(roomTrace([{ ends: "a-" }, { ends: "a-" }]));
    expect(graph.nodes.map(({ isRecorded }) => isRecorded)).toEqual([true, false, false]);
    expect(graph.edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
      "peer a end 0",
      "peer a end 1",
    ]);
  });

  test("keeps the worst connections of too many peers", () => {
    const many: readonly MadeLink[] = [
      ...meshOf(2),
      ...[...Array(80).keys()].map((index) => ({ ends: `hub-x${index}` })),
      { ends: "hub-bad", states: ["connecting", "failed"] },
    ];
    const graph = graphOf(roomTrace(many));
    expect(graph.nodes).toHaveLength(32);
    expect(graph.leftOut).toBe(84 - 32);
    expect(graph.nodes.map(({ name }) => name)).toContain("bad");
  });

  test("of an empty session is empty", () => {
    const graph = graphOf({ ...recordedTrace("ok"), events: [] });
    expect(graph).toEqual({ nodes: [], edges: [], leftOut: 0 });
    expect(placeRoom(graph, 800, 400)).toMatchObject({ nodes: [], edges: [] });
  });
});

describe("the places of a room", () => {
  const sizes = [
    [900, 460],
    [390, 420],
  ] as const;

  test.each([
    ["two peers", roomTrace([{ ends: "a-b" }])],
    ["two peers with two connections", roomTrace([{ ends: "a-b" }, { ends: "a-b" }])],
    ["three peers and a server", roomTrace(meshOf(3), { signals: true })],
    ["a mesh of four", recordedTrace("mesh-of-4")],
    ["a mesh of eight", roomTrace(meshOf(8), { signals: true })],
    [
      "a media server and nine clients",
      roomTrace([...Array(9).keys()].map((n) => ({ ends: `sfu-c${n}` }))),
    ],
    ["one peer alone", roomTrace([{ ends: "a-" }])],
  ])("of %s lie inside, and nothing covers anything", (_, trace) => {
    for (const [width, height] of sizes) {
      const graph = graphOf(trace);
      const places = placeRoom(graph, width, height);
      const boxes = boxesOf(places);
      for (const { at, size } of boxes) {
        expect(at.x - size.x).toBeGreaterThanOrEqual(0);
        expect(at.x + size.x).toBeLessThanOrEqual(width);
        expect(at.y - size.y).toBeGreaterThanOrEqual(0);
        expect(at.y + size.y).toBeLessThanOrEqual(height);
      }
      for (const [index, one] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          const apartX = Math.abs(one.at.x - other.at.x) >= one.size.x + other.size.x;
          const apartY = Math.abs(one.at.y - other.at.y) >= one.size.y + other.size.y;
          expect(apartX || apartY).toBe(true);
        }
      }
    }
  });

  test("set two peers face to face, level and symmetric", () => {
    const [a, b] = placeRoom(graphOf(roomTrace([{ ends: "a-b" }])), 900, 460).nodes;
    expect(a?.y).toBe(b?.y);
    expect((a?.x ?? 0) + (b?.x ?? 0)).toBe(900);
  });

  test("set a media server in the middle of its clients", () => {
    const star = graphOf(roomTrace(["b", "c", "d", "e"].map((name) => ({ ends: `sfu-${name}` }))));
    const { nodes } = placeRoom(star, 900, 460);
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(nodes[0]?.x).toBeCloseTo(mean(nodes.slice(1).map(({ x }) => x)));
    expect(nodes[0]?.y).toBeCloseTo(mean(nodes.slice(1).map(({ y }) => y)));
  });

  test("bend connections of the same two peers apart", () => {
    const { edges } = placeRoom(graphOf(roomTrace([{ ends: "a-b" }, { ends: "a-b" }])), 900, 460);
    expect(Math.abs((edges[0]?.middle.y ?? 0) - (edges[1]?.middle.y ?? 0))).toBeGreaterThan(40);
  });

  test("keep room for the label of a bad connection before any other", () => {
    const links = meshOf(8).map(({ ends }) =>
      ends === "p2-p6" ? { ends, states: ["connecting", "failed"] } : { ends },
    );
    const graph = graphOf(roomTrace(links));
    const { edges } = placeRoom(graph, 700, 420);
    const bad = graph.edges.findIndex(({ tone }) => tone === "failed");
    expect(edges[bad]?.label).toEqual(edges[bad]?.middle);
    expect(edges.some(({ label }) => label === undefined)).toBe(true);
  });
});

function boxesOf(places: RoomPlaces): readonly { readonly at: Point; readonly size: Point }[] {
  return [
    ...places.nodes.map((at) => ({ at, size: places.nodeSize })),
    ...(places.server ? [{ at: places.server, size: serverSize }] : []),
    ...places.edges.flatMap(({ label }) => (label ? [{ at: label, size: labelSize }] : [])),
  ];
}
