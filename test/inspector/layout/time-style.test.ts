import { describe, expect, it } from "vitest";
import { momentText, wallTime } from "../../../inspector/layout/time-style.ts";

const startedAt = "2026-11-21T03:00:00.000Z";

describe("a moment", () => {
  it.each([
    ["start", 12.34, {}, "12.3"],
    ["start", 1234.5, {}, "1.234 s"],
    ["previous", 12.5, { previous: 10 }, "+2.5"],
    ["previous", 12.5, {}, "0"],
    ["selected", 12.5, { selected: 20 }, "−7.5"],
    ["selected", 20, { selected: 20 }, "0"],
    ["selected", 2120, { selected: 20 }, "+2.100 s"],
    ["selected", 12.5, {}, "12.5"],
  ] as const)("is written by %s", (style, t, against, text) => {
    expect(momentText(style, t, { startedAt, ...against })).toBe(text);
  });

  it("is written as the reader's clock showed it, with the offset that held then", () => {
    const at = new Date(Date.parse(startedAt) + 61_002.4);
    const wall = wallTime(startedAt, 61_002.4);
    expect(wall?.time).toMatch(/^\d\d:\d\d:01\.\d{3}$/);
    const offset = wall?.offset.slice(3).replace("−", "-");
    const utc = new Date(`${wall?.date}T${wall?.time}${offset}`);
    expect(Math.abs(utc.getTime() - at.getTime())).toBeLessThan(1);
  });

  it("falls back to the time since the start where the header has none", () => {
    expect(wallTime("yesterday", 5)).toBeUndefined();
    expect(momentText("wall", 5, { startedAt: "" })).toBe("5.0");
  });
});
