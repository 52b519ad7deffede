import { describe, expect, it } from "vitest";
import { h264, readProfileLevelId } from "../../../lib/codec/rules/h264.ts";

describe("readProfileLevelId", () => {
  it.each([
    ["42e01f", "Constrained Baseline", "3.1"],
    ["42C02A", "Constrained Baseline", "4.2"],
    ["4de01f", "Constrained Baseline", "3.1"],
    ["58f01f", "Constrained Baseline", "3.1"],
    ["42a01f", "Baseline", "3.1"],
    ["58a01f", "Baseline", "3.1"],
    ["4d0029", "Main", "4.1"],
    ["4d001f", "Main", "3.1"],
    ["58001f", "Extended", "3.1"],
    ["64001f", "High", "3.1"],
    ["640c1f", "Constrained High", "3.1"],
    ["64081f", "Progressive High", "3.1"],
    ["f4001f", "High 4:4:4 Predictive", "3.1"],
    ["42f00b", "Constrained Baseline", "1b"],
    ["42e00b", "Constrained Baseline", "1.1"],
    ["640009", "High", "1b"],
    ["64000b", "High", "1.1"],
    ["42e00a", "Constrained Baseline", "1"],
    ["42e03c", "Constrained Baseline", "6"],
    ["42e03d", "Constrained Baseline", "6.1"],
    ["42e03e", "Constrained Baseline", "6.2"],
    ["42e0ff", "Constrained Baseline", undefined],
    ["42e11f", undefined, "3.1"],
    ["00001f", undefined, "3.1"],
  ])("%s is %s at level %s", (text, profile, level) => {
    const read = readProfileLevelId(text);
    expect([read?.profile, read?.level]).toEqual([profile, level]);
  });

  it.each(["", "42e01", "42e01f0", "42e01g", "0x42e0"])("does not take %j", (text) => {
    expect(readProfileLevelId(text)).toBeUndefined();
  });
});

describe("the level of an H.264 answer", () => {
  const at = (id: string, asymmetry = "") => `profile-level-id=${id}${asymmetry}`;
  const allowed = ";level-asymmetry-allowed=1";

  it.each([
    ["the lower one", at("42e034"), at("42e01f"), at("42e01f")],
    ["one's own where that is the lower one", at("42e01f"), at("42e034"), at("42e01f")],
    [
      "one's own where both allow asymmetry",
      at("42e034", allowed),
      at("42e01f", allowed),
      at("42e034", allowed),
    ],
    [
      "the lower one where only one allows it",
      at("42e034", allowed),
      at("42e01f"),
      at("42e01f", allowed),
    ],
    ["1b below 1.1", at("42e00b"), at("42f00b"), at("42f00b")],
    ["1.1 without the flag of 1b", at("42f00c"), at("42e00b"), at("42e00b")],
    ["6.2 lowered to 5.2", at("42e03e"), at("42e034"), at("42e034")],
  ])("%s", (_, own, offered, expected) => {
    expect(h264.answer?.(own, offered, "rfc")).toBe(expected);
  });

  it("says nothing where nobody said anything", () => {
    expect(h264.answer?.(undefined, undefined, "rfc")).toBeUndefined();
  });
});
