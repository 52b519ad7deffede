import { describe, expect, it } from "vitest";
import {
  createTimeScale,
  findIdle,
  formatMoment,
  formatTime,
} from "../../../inspector/layout/time-scale.ts";

describe("the time axis", () => {
  it("is straight without idle time", () => {
    const scale = createTimeScale({ start: 100, end: 200, width: 1000 });
    expect(scale.x(100)).toBe(0);
    expect(scale.x(150)).toBe(500);
    expect(scale.x(200)).toBe(1000);
    expect(scale.time(250)).toBe(125);
  });

  it("gives a folded stretch a fixed width and the rest one common scale", () => {
    const scale = createTimeScale({
      start: 0,
      end: 1100,
      width: 1040,
      idle: [{ start: 50, end: 1050 }],
      foldWidth: 40,
    });
    expect(scale.folds).toEqual([expect.objectContaining({ x: 500, width: 40 })]);
    expect(scale.x(25)).toBe(250);
    expect(scale.x(1075)).toBe(790);
    expect(scale.x(1100)).toBe(1040);
  });

  it("finds the time under every pixel that it drew a time at", () => {
    const scale = createTimeScale({
      start: 0,
      end: 3000,
      width: 900,
      idle: [
        { start: 100, end: 1000 },
        { start: 1200, end: 2900 },
      ],
    });
    for (const t of [0, 40, 99, 500, 1100, 2000, 2950, 3000]) {
      expect(scale.time(scale.x(t))).toBeCloseTo(t, 6);
    }
  });

  it("shows only what of a fold lies in view", () => {
    const scale = createTimeScale({
      start: 500,
      end: 1100,
      width: 500,
      idle: [{ start: 50, end: 1000 }],
      foldWidth: 50,
    });
    expect(scale.folds[0]).toMatchObject({ start: 500, end: 1000, x: 0, width: 50 });
  });

  it("leaves three fifths of the width to time, however many folds there are", () => {
    const idle = Array.from({ length: 100 }, (_, index) => ({
      start: index * 10 + 1,
      end: index * 10 + 9,
    }));
    const scale = createTimeScale({ start: 0, end: 1000, width: 1000, idle, foldWidth: 50 });
    const folded = scale.folds.reduce((sum, fold) => sum + fold.width, 0);
    expect(folded).toBeCloseTo(400);
  });

  it("survives a view without length and one inside of a fold", () => {
    expect(createTimeScale({ start: 5, end: 5, width: 100 }).x(5.5)).toBe(50);
    const inside = createTimeScale({
      start: 10,
      end: 20,
      width: 100,
      idle: [{ start: 0, end: 100 }],
    });
    expect(inside.folds).toHaveLength(1);
    expect(Number.isFinite(inside.x(15))).toBe(true);
  });

  it("labels ticks at round times, and where time goes on after a fold", () => {
    const scale = createTimeScale({ start: 0, end: 100, width: 1000, tickDistance: 96 });
    expect(scale.ticks.map(({ label }) => label).slice(0, 3)).toEqual(["0", "10 ms", "20 ms"]);
    const folded = createTimeScale({
      start: 0,
      end: 5003,
      width: 1000,
      idle: [{ start: 50, end: 4953 }],
    });
    expect(folded.ticks.some(({ t }) => t >= 4953)).toBe(true);
  });

  it("never puts two tick labels over each other", () => {
    for (const end of [1, 7, 33, 250, 999, 12_345, 3_600_000]) {
      const { ticks } = createTimeScale({ start: 0, end, width: 900 });
      for (const [index, tick] of ticks.entries()) {
        const next = ticks[index + 1];
        if (next) expect(next.x - tick.x).toBeGreaterThan(50);
      }
    }
  });
});

describe("idle time", () => {
  it("is what is far longer than everything else", () => {
    const [idle, ...others] = findIdle([0, 5, 9, 14, 20, 2800, 2805]);
    expect(others).toEqual([]);
    expect(idle?.start).toBeGreaterThan(20);
    expect(idle?.end).toBeLessThan(2800);
  });

  it("is not found among even steps, short breaks and single events", () => {
    expect(findIdle([0, 1000, 2000, 3000, 4000])).toEqual([]);
    expect(findIdle([0, 1, 2, 3, 300, 301])).toEqual([]);
    expect(findIdle([5])).toEqual([]);
    expect(findIdle([])).toEqual([]);
  });

  it("counts the silence up to the end", () => {
    expect(findIdle([0, 5, 9, 14], 9000)).toHaveLength(1);
  });

  it("comes in order of time when there is more than one", () => {
    const idle = findIdle([0, 2, 4, 3000, 3002, 3004, 9000, 9002, 9004]);
    expect(idle).toHaveLength(2);
    expect(idle[0]?.end).toBeLessThan(idle[1]?.start ?? 0);
  });
});

describe("a time for people", () => {
  it.each([
    [0, "0 ms"],
    [8.2, "8.2 ms"],
    [12, "12 ms"],
    [640.4, "640 ms"],
    [2842, "2.84 s"],
    [12_345, "12.3 s"],
    [67_500, "1:07.5"],
    [-67_500, "−1:07.5"],
    [25_332_700, "7:02:13"],
  ])("%d is %s", (ms, text) => {
    expect(formatTime(ms)).toBe(text);
  });

  it("keeps its decimal in a column", () => {
    expect([8.2, 12, 640.44, 2842].map(formatMoment)).toEqual(["8.2", "12.0", "640.4", "2.842 s"]);
  });
});
