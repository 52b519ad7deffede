import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "../../lib/trace/read-json.ts";

describe("readJson", () => {
  test("reads valid JSON as the platform does", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(readJson(text)).toEqual({ value: JSON.parse(text), faults: [], isCut: false });
      }),
    );
  });

  test.each([
    ['{"a":1,"b":[1,2,{"c":"x', { a: 1, b: [1, 2, {}] }],
    ['{"a":1,"b":', { a: 1 }],
    ['{"a":1,"b', { a: 1 }],
    ['[{"a":1},{"a":2', [{ a: 1 }, {}]],
    ["[1,2,3", [1, 2]],
    ['["a","b\\', ["a"]],
  ])("%s, cut off, gives what is complete", (text, value) => {
    expect(readJson(text)).toEqual({ value, faults: [], isCut: true });
  });

  test.each([
    ['{"a":1,,"b":2}', { a: 1, b: 2 }],
    ['{"a" 1,"b":2}', { b: 2 }],
    ['{"a":§,"b":2}', { b: 2 }],
    ['{"a":[1,2},"b":3}', { a: [1, 2] }],
    ['{\n"a": "broken,\n"b": 2\n}', { b: 2 }],
    ['{"a":{"x":1]},"b":2}', { a: { x: 1 }, b: 2 }],
  ])("%s, damaged, gives the rest", (text, value) => {
    const reading = readJson(text);
    expect(reading.value).toEqual(value);
    expect(reading.faults.length).toBeGreaterThan(0);
  });

  test("keeps a member named __proto__ a member", () => {
    const { value } = readJson('{"__proto__":{"polluted":1},"a":1');
    expect(Object.keys(value as object)).toEqual(["__proto__", "a"].slice(0, 1));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test("takes depth and quotes without end", () => {
    expect(readJson("[".repeat(200_000)).isCut).toBe(true);
    expect(readJson('"'.repeat(200_001)).value).toBe("");
    expect(readJson(`{"a":"${"\\\\".repeat(100_000)}`).isCut).toBe(true);
  });
});
