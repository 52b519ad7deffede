import { describe, expect, it } from "vitest";
import {
  arrowHeights,
  arrowsInView,
  heightsAt,
  itemsInView,
  placeColumns,
  placeLadder,
  ROW,
} from "../../../inspector/layout/ladder-geometry.ts";
import { placeMarks, placeSlices } from "../../../inspector/layout/lane-geometry.ts";
import { contentTop, scrolledHeight, scrollTopFor } from "../../../inspector/layout/long-scroll.ts";
import { placeBars, placeTrouble } from "../../../inspector/layout/overview.ts";
import { createTimeScale } from "../../../inspector/layout/time-scale.ts";
import { paintPicture } from "../../../inspector/source/paint-picture.ts";
import type { MarkColumns, Picture, SliceColumns } from "../../../inspector/source/picture.ts";
import { tones } from "../../../inspector/source/picture.ts";
import { createSheet } from "../../../inspector/source/sheet.ts";
import type { Slice, Trace } from "../../../lib/index.ts";
import { connectedTrace, earlyCandidateTrace, longTrace } from "../../support/sample-trace.ts";

const scale = createTimeScale({ start: 0, end: 1000, width: 1000 });

describe("slices on the axis", () => {
  it("lie where they began, as wide as they lasted", () => {
    const [box] = placeSlices(slices([slice(100, 300)]), scale);
    expect(box).toMatchObject({ x: 100, width: 199, textWidth: 200, count: 1 });
  });

  it("are cut at the view's edges and left out beyond", () => {
    const zoomed = createTimeScale({ start: 400, end: 600, width: 1000 });
    const boxes = placeSlices(slices([slice(0, 100), slice(300, 500), slice(500, 900)]), zoomed);
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
    const [box] = placeSlices(slices([slice(49, 10_100)]), folded);
    const fold = folded.folds[0];
    expect((box?.x ?? 0) + (box?.textX ?? 0)).toBeCloseTo((fold?.x ?? 0) + (fold?.width ?? 0));
  });

  it("say where a stall began", () => {
    const [box] = placeSlices(slices([{ ...slice(0, 1000), stalledFrom: 400 }]), scale);
    expect(box?.stalledX).toBe(400);
  });

  it("become crosses side by side when they failed too quickly to be bars, then one with a count", () => {
    const failed = [0, 1, 2, 3, 4, 5].map((t) => slice(500 + t, 500 + t, "failed"));
    const boxes = placeSlices(slices(failed), scale);
    expect(boxes.every(({ isPoint }) => isPoint)).toBe(true);
    expect(boxes.map(({ count }) => count).reduce((a, b) => a + b)).toBe(6);
    expect(boxes.at(-1)?.count).toBeGreaterThan(1);
  });

  it("are bounded by the width, not by their number", () => {
    const many = Array.from({ length: 100_000 }, (_, index) => slice(index / 100, index / 100));
    const boxes = placeSlices(slices(many), scale);
    expect(boxes.length).toBeLessThanOrEqual(scale.width / 3 + 1);
    expect(boxes.reduce((sum, { count }) => sum + count, 0)).toBe(100_000);
  });

  it("show a failure in a crowd of others", () => {
    const many = Array.from({ length: 9000 }, (_, index) =>
      slice(index / 9, (index + 1) / 9, index === 4500 ? "failed" : index % 2 ? "ok" : "progress"),
    );
    const boxes = placeSlices(slices(many), scale);
    expect(boxes.filter(({ tone }) => tone === tones.indexOf("failed"))).toHaveLength(1);
  });

  it("keep a long call that began in a crowd of short ones", () => {
    const calls = [slice(500, 500.1), slice(500.2, 900), slice(500.4, 500.5)];
    const boxes = placeSlices(slices(calls), scale);
    expect(boxes.some(({ width }) => width > 380)).toBe(true);
  });
});

describe("marks on the axis", () => {
  it("stand side by side as long as they stay near their time", () => {
    const boxes = placeMarks(marks([100, 101, 102]), scale);
    expect(boxes.map(({ x }) => x)).toEqual([100, 110, 120]);
  });

  it("become one with a count in a crowd, and lose none", () => {
    const boxes = placeMarks(marks(Array.from({ length: 40 }, () => 100)), scale);
    expect(boxes.length).toBeLessThan(5);
    expect(boxes.reduce((sum, { count }) => sum + count, 0)).toBe(40);
  });
});

describe("the ladder's places", () => {
  const { ladder } = picture(earlyCandidateTrace());
  const places = placeLadder(ladder);

  it("put the server between the peers, and the first peer's texts at the left", () => {
    const columns = placeColumns(ladder.columns, 1200);
    expect(columns.map(({ column, side }) => `${column.kind} ${side}`)).toEqual([
      "peer left",
      "server right",
      "peer right",
    ]);
    const shares = columns.map(({ at }) => at);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  it("take a folded column's room for the others", () => {
    const ids = ["a", "b", "c", "d", "e", "f"];
    const columns = ids.map((id) => ({ id, kind: "peer" as const, name: id }));
    const open = placeColumns(columns, 1200);
    const folded = placeColumns(columns, 1200, (id) => id === "b");
    const gap = (list: typeof open, at: number): number =>
      (list[at + 1]?.at ?? 0) - (list[at]?.at ?? 0);
    expect(gap(folded, 1)).toBeLessThan(gap(open, 1) / 2);
    expect(gap(folded, 2)).toBeGreaterThan(gap(open, 2));
  });

  it("stand every arrow's end below its start", () => {
    for (const trace of [connectedTrace(), earlyCandidateTrace()]) {
      const { ladder: other } = picture(trace);
      const laid = placeLadder(other);
      for (let index = 0; index < other.arrows.count; index++) {
        const heights = arrowHeights(other, laid, index);
        expect(heights?.y2).toBeGreaterThan(heights?.y1 ?? 0);
      }
    }
  });

  it("keep the order of time on each column, a row apart", () => {
    for (let column = 0; column < ladder.columns.length; column++) {
      const ys = [...places.y].filter(
        (y, index) => ladder.items.column[index] === column && !Number.isNaN(y),
      );
      for (const [index, y] of ys.entries()) {
        if (index > 0) expect(y - (ys[index - 1] ?? 0)).toBeGreaterThanOrEqual(ROW);
      }
    }
  });

  it("let send and receive stand beside each other instead of one row for each", () => {
    const shown = [...places.y].filter((y) => !Number.isNaN(y));
    expect(new Set(shown).size).toBeLessThan(shown.length);
  });

  it("fold idle time to one band that nothing crosses", () => {
    const folded = placeLadder(ladder, { idle: [{ start: 60, end: 2800 }] });
    const [band] = folded.bands;
    expect(folded.bands).toHaveLength(1);
    for (const [index, y] of folded.y.entries()) {
      if (Number.isNaN(y)) continue;
      if ((ladder.items.t[index] ?? 0) < 60) expect(y).toBeLessThan(band?.y ?? 0);
      else expect(y).toBeGreaterThan((band?.y ?? 0) + ROW);
    }
  });

  it("draw missing events as a band where they are missing", () => {
    const { header, events } = earlyCandidateTrace();
    const torn = picture({ header, events: events.filter(({ seq }) => seq < 20 || seq > 29) });
    expect(torn.gaps).toMatchObject([{ from: 20, to: 29 }]);
    const { bands } = placeLadder(torn.ladder, { missing: torn.gaps });
    expect(bands).toMatchObject([{ missing: 10 }]);
  });

  it("leave states out until they are asked for", () => {
    expect(placeLadder(ladder, { showsStates: true }).shown).toBeGreaterThan(places.shown);
  });

  it("find what is in view without looking at all", () => {
    const long = picture(longTrace(20_000)).ladder;
    const laid = placeLadder(long);
    const seen = itemsInView(laid, 100_000, 100_400);
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.length).toBeLessThan(40);
    const all = [...laid.y.keys()].filter((index) => {
      const y = laid.y[index] ?? Number.NaN;
      return y > 100_000 && y < 100_400;
    });
    expect(seen).toEqual(all);
  });

  it("part each column's rows at a moment", () => {
    const heights = heightsAt(ladder, places, 30);
    for (const [index, y] of places.y.entries()) {
      if (Number.isNaN(y)) continue;
      const border = heights[ladder.items.column[index] ?? 0] ?? 0;
      if ((ladder.items.t[index] ?? 0) <= 30) expect(y).toBeLessThan(border);
      else expect(y).toBeGreaterThan(border);
    }
  });

  it("find an arrow of which one end is far away", () => {
    const { ladder: early } = picture(earlyCandidateTrace());
    const laid = placeLadder(early);
    const heights = [...Array(early.arrows.count).keys()].map((index) =>
      arrowHeights(early, laid, index),
    );
    const first = heights.findIndex((one) => one !== undefined && one.y2 - one.y1 > ROW / 2);
    const { y1, y2 } = heights[first] ?? { y1: 0, y2: 0 };
    expect(arrowsInView(early, laid, (y1 + y2) / 2 - 1, (y1 + y2) / 2 + 1)).toContain(first);
  });
});

describe("a ladder that is taller than a browser scrolls", () => {
  it("is scaled, and its ends are reached", () => {
    const height = 40_000_000;
    const most = scrolledHeight(height) - 500;
    expect(contentTop(0, height, 500)).toBe(0);
    expect(contentTop(most, height, 500)).toBeCloseTo(height - 500);
    expect(contentTop(scrollTopFor(12_345_678, height, 500), height, 500)).toBeCloseTo(12_345_678);
  });

  it("is left alone when it is not", () => {
    expect(scrolledHeight(90_000)).toBe(90_000);
    expect(contentTop(1234.5, 90_000, 500)).toBe(1234.5);
  });
});

describe("the overview", () => {
  it("is highest where most happened and marks trouble", () => {
    const axis = createTimeScale({ start: 0, end: 60, width: 600 });
    const bars = placeBars(picture(earlyCandidateTrace()).events, axis);
    expect(Math.max(...bars.map(({ height }) => height))).toBe(1);
    expect(placeTrouble([30, 30.1, 90], axis)).toEqual([301]);
  });

  it("has no more bars than there is room, and counts every event", () => {
    const axis = createTimeScale({ start: 0, end: 6000, width: 600 });
    const bars = placeBars(picture(longTrace(5000)).events, axis);
    expect(bars.length).toBeLessThanOrEqual(101);
    expect(bars.length).toBeGreaterThan(80);
  });
});

function picture(trace: Trace): Picture {
  return paintPicture(createSheet(trace), 1, false);
}

function slice(start: number, end: number, tone: Slice["tone"] = "ok"): Slice {
  return { seq: start, start, end, isOpen: false, label: "connected", tone };
}

function slices(list: readonly Slice[]): SliceColumns {
  const failed = new Uint32Array(list.length + 1);
  for (const [index, { tone }] of list.entries()) {
    failed[index + 1] = (failed[index] ?? 0) + Number(tone === "failed");
  }
  return {
    count: list.length,
    seq: Float64Array.from(list, ({ seq }) => seq),
    start: Float64Array.from(list, ({ start }) => start),
    end: Float64Array.from(list, ({ end }) => end),
    tone: Uint8Array.from(list, ({ tone }) => tones.indexOf(tone)),
    label: new Uint32Array(list.length),
    failed,
    stalls: list.flatMap(({ stalledFrom }, index) =>
      stalledFrom === undefined ? [] : [{ index, from: stalledFrom }],
    ),
  };
}

function marks(times: readonly number[]): MarkColumns {
  return {
    count: times.length,
    seq: Float64Array.from(times),
    t: Float64Array.from(times),
    shape: new Uint8Array(times.length),
    flags: new Uint8Array(times.length),
    failed: new Uint32Array(times.length + 1),
  };
}
