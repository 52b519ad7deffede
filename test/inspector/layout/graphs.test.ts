import { describe, expect, it } from "vitest";
import { placeMarksOnGraph } from "../../../inspector/layout/graph-marks.ts";
import {
  createValueScale,
  formatValue,
  graphValues,
} from "../../../inspector/layout/graph-values.ts";
import {
  lineStyles,
  metricName,
  objectNames,
  streamKey,
} from "../../../inspector/layout/stats-name.ts";
import type { Points } from "../../../inspector/layout/thin-series.ts";
import { thinSeries } from "../../../inspector/layout/thin-series.ts";
import { stretchAround, viewScale } from "../../../inspector/layout/view-scale.ts";
import type { StatsUnit } from "../../../lib/index.ts";

const points = (...pairs: readonly (readonly [t: number, value: number])[]): Points => ({
  t: Float64Array.from(pairs, ([t]) => t),
  values: Float64Array.from(pairs, ([, value]) => value),
});

describe("a thinned series", () => {
  const many = points(
    ...Array.from({ length: 100_000 }, (_, t) => [t, t === 61_234 ? 999 : t % 7] as const),
  );

  it("keeps every peak, in points that were recorded", () => {
    const thin = thinSeries(many, { start: 0, end: 100_000, columns: 500 });
    expect(thin.t.length).toBeLessThanOrEqual(500 * 5 + 2);
    const peak = thin.values.indexOf(999);
    expect(thin.t[peak]).toBe(61_234);
    for (const [index, t] of thin.t.entries()) expect(thin.values[index]).toBe(many.values[t]);
    expect([...thin.t]).toEqual([...thin.t].sort((a, b) => a - b));
  });

  it("runs on to its neighbours outside of the view", () => {
    const thin = thinSeries(points([0, 1], [10, 2], [20, 3], [30, 4]), {
      start: 5,
      end: 15,
      columns: 100,
    });
    expect([...thin.t]).toEqual([0, 10, 20]);
  });

  it("keeps a break a break, also among many points", () => {
    const torn = { ...many, values: many.values.map((value, t) => (t === 50_001 ? NaN : value)) };
    const thin = thinSeries(torn, { start: 0, end: 100_000, columns: 100 });
    expect([...thin.values].filter(Number.isNaN)).toHaveLength(1);
    expect(thin.t[thin.values.findIndex(Number.isNaN)]).toBe(50_001);
  });

  it("stays small when every other point is a break", () => {
    const torn = { ...many, values: many.values.map((value, t) => (t % 2 ? NaN : value)) };
    const thin = thinSeries(torn, { start: 0, end: 100_000, columns: 100 });
    expect(thin.t.length).toBeLessThanOrEqual(502);
  });

  it("hands over arrays of its own, not a window of what it was read from", () => {
    const thin = thinSeries(many, { start: 10, end: 20, columns: 100 });
    expect(thin.t.buffer.byteLength).toBe(thin.t.byteLength);
  });
});

describe("the values beside a graph", () => {
  const line = points([0, 5], [10, 1], [20, 9], [20, NaN], [30, 4]);
  const view = { start: 0, end: 40 };

  it("are those in view, and the one nearest to the cursor", () => {
    expect(graphValues(line, { ...view, at: 4 })).toEqual({
      at: 5,
      last: 4,
      least: 1,
      greatest: 9,
    });
    expect(graphValues(line, { ...view, at: 6 }).at).toBe(1);
    expect(graphValues(line, { start: 5, end: 15, at: undefined })).toEqual({
      at: undefined,
      last: 1,
      least: 1,
      greatest: 1,
    });
  });

  it.each([[25], [-1], [31]])("have none at %s: in the gap, before the line and after it", (at) => {
    expect(graphValues(line, { ...view, at }).at).toBeUndefined();
  });

  it("have none of an empty line", () => {
    expect(graphValues(points(), { ...view, at: 1 })).toEqual({
      at: undefined,
      last: undefined,
      least: undefined,
      greatest: undefined,
    });
  });
});

describe("a value axis", () => {
  it.each([
    [[1_440_000], 0, 2_000_000],
    [[0], 0, 1],
    [[0.003, 0.0012], 0, 0.004],
    [[-3, 7], -5, 10],
  ])("of %s reaches from %s to %s", (values, low, high) => {
    const scale = createValueScale([points(...values.map((value, t) => [t, value] as const))]);
    expect(scale.low).toBeCloseTo(low, 9);
    expect(scale.high).toBeCloseTo(high, 9);
    expect(scale.share(scale.high)).toBeCloseTo(1, 9);
    expect(scale.ticks.length).toBeLessThanOrEqual(5);
  });

  it("holds out against values at the end of what numbers can be", () => {
    const { ticks, low, high } = createValueScale([points([0, 1e308], [1, 5e-324])]);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(high).toBeGreaterThan(low);
  });
});

it.each<[number, StatsUnit, string]>([
  [0, "bit/s", "0 bit/s"],
  [1_311_999, "bit/s", "1.31 Mbit/s"],
  [32_400, "bit/s", "32.4 kbit/s"],
  [999.7, "byte/s", "1 kB/s"],
  [0.0081, "ratio", "0.81 %"],
  [1, "ratio", "100 %"],
  [24.98, "frame/s", "25 fps"],
  [2.609, "ms", "2.61 ms"],
  [12_345, "1/s", "12.3k/s"],
  [360, "px", "360 px"],
  [-2, "1/s", "-2/s"],
  [1e-9, "", "1.0e-9"],
  [1e300, "", "1.0e285P"],
])("%s in %s is written as %s", (value, unit, text) => {
  expect(formatValue(value, unit)).toBe(text);
});

describe("marks on the graphs", () => {
  const scale = viewScale({ time: { start: 0, end: 1000 }, width: 1000, idle: [] });
  const state = { kind: "state", tone: "ok" } as const;

  it("that would cover each other are one, named after the gravest, telling all", () => {
    const placed = placeMarksOnGraph(
      [
        { ...state, seq: 1, t: 100, text: "ICE: connected" },
        { seq: 2, t: 105, kind: "finding", tone: "failed", text: "It failed" },
        { ...state, seq: 3, t: 500, text: "ICE: closed" },
        { ...state, seq: 4, t: 2000, text: "out of view" },
      ],
      scale,
    );
    expect(placed.map(({ seq, count }) => [seq, count])).toEqual([
      [2, 2],
      [3, 1],
    ]);
    expect(placed[0]?.title).toBe("ICE: connected\nIt failed");
  });

  it("are bounded by the pixels, however many there are", () => {
    const crowd = Array.from({ length: 50_000 }, (_, seq) => ({
      ...state,
      seq,
      t: (seq / 50_000) * 1000,
      text: "x".repeat(100),
    }));
    const placed = placeMarksOnGraph(crowd, scale);
    expect(placed.length).toBeLessThanOrEqual(1000 / 12 + 1);
    expect(placed[0]?.title.length).toBeLessThan(1000);
  });
});

describe("what lines are called", () => {
  const stream = { type: "outbound-rtp", kind: "video", mid: "1" };

  it("tells simulcast layers, pairs and channels apart", () => {
    expect(
      objectNames([
        { ...stream, id: "a", rid: "hi" },
        { ...stream, id: "b", rid: "lo" },
        { id: "c", type: "candidate-pair", candidateTypes: ["host", "relay"] },
        { id: "d", type: "candidate-pair", candidateTypes: ["host", "relay"] },
        { id: "e", type: "data-channel", label: "chat" },
        { id: "f", type: "inbound-rtp", kind: "audio", ssrc: 7 },
        { id: "g", type: "inbound-rtp", kind: "audio", ssrc: 8 },
      ]),
    ).toEqual([
      "video · mid 1 · hi",
      "video · mid 1 · lo",
      "host ⇄ relay #3",
      "host ⇄ relay #4",
      "chat",
      "audio 7",
      "audio 8",
    ]);
  });

  it("draws a stream alike wherever it is told of", () => {
    const sent = { ...stream, id: "a" };
    const reported = { ...stream, type: "remote-inbound-rtp", id: "b" };
    const pair = { id: "c", type: "candidate-pair" };
    const styles = lineStyles([{ ...sent, mid: "0" }, sent, pair, reported]);
    expect(styles.get(streamKey(sent))).toBe(1);
    expect(styles.get(streamKey(reported))).toBe(1);
    expect(styles.get(streamKey(pair))).toBe(0);
  });

  it("shows control characters of hostile names as signs", () => {
    const [name = ""] = objectNames([{ id: "x", type: "data-channel", label: "a\u202eb\u0007" }]);
    for (const hidden of ["\u202e", "\u0007"]) expect(name).not.toContain(hidden);
    const metric = {
      id: "x",
      type: "x\u202e",
      members: ["y"],
      unit: "",
      formula: { kind: "gauge" },
    } as const;
    expect(metricName(metric, "en")).not.toContain("\u202e");
  });
});

it("what is fetched for a view holds it, and stays while the view moves a little", () => {
  for (const view of [
    { start: 0, end: 100 },
    { start: -3, end: 12_345 },
    { start: 77.7, end: 77.8 },
  ]) {
    const { start, end } = stretchAround(view);
    expect(start).toBeLessThanOrEqual(view.start);
    expect(end).toBeGreaterThanOrEqual(view.end);
    expect(end - start).toBeLessThanOrEqual((view.end - view.start) * 4 + 1e-9);
  }
  expect(stretchAround({ start: 130, end: 230 })).toEqual(stretchAround({ start: 150, end: 250 }));
});
