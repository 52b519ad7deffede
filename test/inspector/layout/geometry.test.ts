import { describe, expect, it } from "vitest";
import { placeLadder, ROW } from "../../../inspector/layout/ladder-geometry.ts";
import { placeMarks, placeSlices } from "../../../inspector/layout/lane-geometry.ts";
import { placeBars } from "../../../inspector/layout/overview.ts";
import { createTimeScale } from "../../../inspector/layout/time-scale.ts";
import type { Mark, Slice } from "../../../lib/index.ts";
import { timeline } from "../../../lib/index.ts";
import { connectedTrace, earlyCandidateTrace, longTrace } from "../../support/sample-trace.ts";

const scale = createTimeScale({ start: 0, end: 1000, width: 1000 });

describe("slices on the axis", () => {
  it("lie where they began, as wide as they lasted", () => {
    const [box] = placeSlices([slice(100, 300)], scale);
    expect(box).toMatchObject({ x: 100, width: 199, hasText: true, count: 1 });
  });

  it("are cut at the view's edges and left out beyond", () => {
    const zoomed = createTimeScale({ start: 400, end: 600, width: 1000 });
    const boxes = placeSlices([slice(0, 100), slice(300, 500), slice(500, 900)], zoomed);
    expect(boxes.map(({ x, width }) => [x, width])).toEqual([
      [0, 499],
      [500, 499],
    ]);
  });

  it("keep their text clear of a fold that lies over their start", () => {
    const folded = createTimeScale({
      start: 0,
      end: 10_100,
      width: 1000,
      idle: [{ start: 50, end: 10_050 }],
      foldWidth: 48,
    });
    const [box] = placeSlices([slice(49, 10_100)], folded);
    const fold = folded.folds[0];
    expect((box?.x ?? 0) + (box?.textX ?? 0)).toBeCloseTo((fold?.x ?? 0) + (fold?.width ?? 0));
  });

  it("say where a stall began", () => {
    const [box] = placeSlices([{ ...slice(0, 1000), stalledFrom: 400 }], scale);
    expect(box?.stalledX).toBe(400);
  });

  it("become crosses side by side when they failed too quickly to be bars, then one with a count", () => {
    const failed = [0, 1, 2, 3, 4, 5].map((t) => slice(500 + t, 500 + t, "failed"));
    const boxes = placeSlices(failed, scale);
    expect(boxes.every(({ isPoint }) => isPoint)).toBe(true);
    expect(boxes.map(({ count }) => count).reduce((a, b) => a + b)).toBe(6);
    expect(boxes.at(-1)?.count).toBeGreaterThan(1);
  });

  it("are bounded by the width, not by their number", () => {
    const many = Array.from({ length: 100_000 }, (_, index) => slice(index / 100, index / 100));
    expect(placeSlices(many, scale).length).toBeLessThanOrEqual(scale.width);
  });
});

describe("marks on the axis", () => {
  it("stand side by side as long as they stay near their time", () => {
    const boxes = placeMarks([mark(100), mark(101), mark(102)], scale);
    expect(boxes.map(({ x }) => x)).toEqual([100, 110, 120]);
  });

  it("become one with a count in a crowd, and lose none", () => {
    const crowd = Array.from({ length: 40 }, () => mark(100));
    const boxes = placeMarks(crowd, scale);
    expect(boxes.length).toBeLessThan(5);
    expect(boxes.reduce((sum, { count }) => sum + count, 0)).toBe(40);
  });
});

describe("the ladder's places", () => {
  const places = placeLadder(timeline(earlyCandidateTrace()).ladder);

  it("put the server between the peers, and the first peer's texts at the left", () => {
    expect(places.columns.map(({ column, side }) => `${column.kind} ${side}`)).toEqual([
      "peer left",
      "server right",
      "peer right",
    ]);
    const shares = places.columns.map(({ at }) => at);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  it("stand every arrow's end below its start", () => {
    for (const trace of [connectedTrace(), earlyCandidateTrace()]) {
      for (const arrow of placeLadder(timeline(trace).ladder).arrows) {
        expect(arrow.y2).toBeGreaterThan(arrow.y1);
      }
    }
  });

  it("keep the order of time on each column, a row apart", () => {
    for (const { column } of places.columns) {
      const ys = places.rows.filter(({ item }) => item.column === column.id).map(({ y }) => y);
      for (const [index, y] of ys.entries()) {
        if (index > 0) expect(y - (ys[index - 1] ?? 0)).toBeGreaterThanOrEqual(ROW);
      }
    }
  });

  it("let send and receive stand beside each other instead of one row for each", () => {
    const ys = new Set(places.rows.map(({ y }) => y));
    expect(ys.size).toBeLessThan(places.rows.length);
  });

  it("fold idle time to one band that nothing crosses", () => {
    const idle = [{ start: 60, end: 2800 }];
    const folded = placeLadder(timeline(earlyCandidateTrace()).ladder, { idle });
    const [gap] = folded.gaps;
    expect(folded.gaps).toHaveLength(1);
    for (const { item, y } of folded.rows) {
      if (item.t < 60) expect(y).toBeLessThan(gap?.y ?? 0);
      else expect(y).toBeGreaterThan((gap?.y ?? 0) + ROW);
    }
  });

  it("leave out what is not to be shown, and its arrows", () => {
    const none = placeLadder(timeline(connectedTrace()).ladder, { isShown: () => false });
    expect(none.rows).toEqual([]);
    expect(none.arrows).toEqual([]);
  });
});

describe("the overview", () => {
  it("is highest where most happened and marks trouble", () => {
    const trace = earlyCandidateTrace();
    const axis = createTimeScale({ start: 0, end: 60, width: 600 });
    const bars = placeBars(trace.events, axis, new Set([trace.events[24]?.seq ?? 0]));
    expect(Math.max(...bars.map(({ height }) => height))).toBe(1);
    expect(bars.filter(({ hasTrouble }) => hasTrouble)).toHaveLength(1);
  });

  it("has no more bars than there is room", () => {
    const { events } = longTrace(5000);
    const axis = createTimeScale({ start: 0, end: 6000, width: 600 });
    expect(placeBars(events, axis, new Set()).length).toBeLessThanOrEqual(101);
  });
});

function slice(start: number, end: number, tone: Slice["tone"] = "ok"): Slice {
  return { seq: start, start, end, isOpen: false, label: "connected", tone };
}

function mark(t: number): Mark {
  return { seq: t, t, side: "local", shape: "host", isRefused: false };
}
