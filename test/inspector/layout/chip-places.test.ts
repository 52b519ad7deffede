import { describe, expect, test } from "vitest";
import type { ChipWish } from "../../../inspector/layout/chip-places.ts";
import { placeChips } from "../../../inspector/layout/chip-places.ts";

const arrow = (y: number, isNeeded = false): ChipWish => ({
  from: { x: 0, y },
  to: { x: 400, y },
  best: 0.5,
  width: 60,
  isNeeded,
});

describe("a chip on an arrow", () => {
  test("stands at its best place when nothing is there", () => {
    expect(placeChips([arrow(10)], [])).toEqual([{ x: 200, y: 10 }]);
  });

  test("moves along the arrow past a text, and past another chip", () => {
    const text = { x: 230, y: 10, width: 120, height: 20 };
    const [one, other] = placeChips([arrow(10), arrow(12)], [text]);
    expect(one?.y).toBe(10);
    for (const chip of [one, other])
      expect(Math.abs((chip?.x ?? 230) - 230)).toBeGreaterThanOrEqual(90);
    expect(Math.abs((one?.x ?? 0) - (other?.x ?? 0))).toBeGreaterThanOrEqual(60);
  });

  test("is left out where everything is covered, unless it is needed", () => {
    const text = { x: 200, y: 10, width: 400, height: 20 };
    expect(placeChips([arrow(10)], [text])).toEqual([undefined]);
    expect(placeChips([arrow(10, true)], [text])).toEqual([{ x: 200, y: 10 }]);
  });

  test("that is needed comes before the others", () => {
    const [first, needed] = placeChips([arrow(10), arrow(10, true)], []);
    expect(needed?.x).toBe(200);
    expect(first?.x).not.toBe(200);
  });
});
