import { describe, expect, it } from "vitest";
import {
  isPasteFragment,
  placeFragment,
  readPlaceFragment,
} from "../../../inspector/source/fragment.ts";

describe("a link to a place in a trace", () => {
  it.each([
    [{ trace: "demo-1" }],
    [{ trace: "demo-1", event: 17 }],
    [{ trace: "한글 & = # ?", event: 1, view: "table", tab: "sdp" }],
    [{ trace: "a", range: { start: -3.25, end: 1200.125 } }],
  ])("brings %j back", (place) => {
    const fragment = placeFragment(place);
    expect(fragment).toMatch(/^#trace=[\x21-\x7e]+$/);
    expect(readPlaceFragment(fragment)).toEqual(place);
  });

  it("is not taken for pasted texts, nor they for it", () => {
    expect(isPasteFragment(placeFragment({ trace: "paste" }))).toBe(false);
    expect(readPlaceFragment("#paste=abc")).toBeUndefined();
    expect(readPlaceFragment("#lanes")).toBeUndefined();
    expect(readPlaceFragment("#trace=")).toBeUndefined();
  });

  it.each([
    "#trace=a&event=-1",
    "#trace=a&event=1e9",
    "#trace=a&event=12345678901234567890",
    "#trace=a&range=5_1",
    "#trace=a&range=x",
    "#trace=a&range=NaN_NaN",
    `#trace=a&range=${"9".repeat(100_000)}`,
  ])("leaves out what is damaged: %.40s", (fragment) => {
    expect(readPlaceFragment(fragment)).toEqual({ trace: "a" });
  });
});
