import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatParameter,
  parseFormatParameters,
  printFormatParameters,
  setFormatParameter,
} from "../../lib/codec/format-parameters.ts";

describe("parseFormatParameters", () => {
  it("loses nothing of any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(printFormatParameters(parseFormatParameters(text))).toBe(text);
      }),
    );
  });

  it.each([
    [
      "minptime=10;useinbandfec=1",
      [
        ["minptime", "10"],
        ["useinbandfec", "1"],
      ],
    ],
    ["111/111", [["111/111", undefined]]],
    ["0-15,66", [["0-15,66", undefined]]],
    [
      "packetization-mode=1; profile-level-id=42e01f",
      [
        ["packetization-mode", "1"],
        ["profile-level-id", "42e01f"],
      ],
    ],
    ["sprop-parameter-sets=Z0IAKeKQ,aM48gA==", [["sprop-parameter-sets", "Z0IAKeKQ,aM48gA=="]]],
    [
      "a=;;b",
      [
        ["a", ""],
        ["", undefined],
        ["b", undefined],
      ],
    ],
    ["", []],
  ])("reads %j", (text, expected) => {
    expect(parseFormatParameters(text).map(({ name, value }) => [name, value])).toEqual(expected);
  });
});

describe("formatParameter", () => {
  it.each([
    ["stereo=1;sprop-stereo=0", "stereo", "1"],
    ["sprop-stereo=0", "stereo", undefined],
    ["PROFILE-ID=2", "profile-id", "2"],
    ["apt=96;apt=98", "apt", "98"],
    ["flag;x=1", "flag", ""],
    [undefined, "x", undefined],
  ])("in %j, %s is %j", (text, name, expected) => {
    expect(formatParameter(text, name)).toBe(expected);
  });
});

describe("setFormatParameter", () => {
  it.each([
    ["minptime=10;useinbandfec=1", "minptime", "20", "minptime=20;useinbandfec=1"],
    ["minptime=10; useinbandfec=1", "stereo", "1", "minptime=10; useinbandfec=1; stereo=1"],
    ["minptime=10;", "stereo", "1", "minptime=10;stereo=1"],
    ["", "stereo", "1", "stereo=1"],
    ["a=1; b=2;c=3", "b", "5", "a=1; b=5;c=3"],
    ["a=1; b=2;c=3", "b", null, "a=1;c=3"],
    ["a=1; b=2", "a", null, "b=2"],
    ["a=1;b=2;a=3", "a", "4", "a=4;b=2"],
    ["a=1", "z", null, "a=1"],
  ])("on %j sets %s to %j: %j", (text, name, value, expected) => {
    expect(setFormatParameter(text, name, value)).toBe(expected);
  });
});
