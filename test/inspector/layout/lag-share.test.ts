import { expect, test } from "vitest";
import { lagShare } from "../../../inspector/layout/lag-share.ts";

test("the bar of a difference grows with it, to both sides, and ends at half a minute", () => {
  expect([0, 0.4, -0.9, Number.NaN].map(lagShare)).toEqual([0, 0, 0, 0].map((zero) => zero));
  expect(lagShare(5)).toBeGreaterThan(0.1);
  expect(lagShare(5000)).toBeGreaterThan(lagShare(500));
  expect(lagShare(-5000)).toBe(-lagShare(5000));
  expect(lagShare(1e9)).toBe(1);
});
