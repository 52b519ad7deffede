import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../lib/sdp/parse.ts";
import { sectionsOf } from "../../lib/sdp/sections.ts";
import { positionIn, spanOf } from "../../lib/sdp/span-of.ts";
import { positionAt } from "../../lib/text.ts";
import { sdpFixture } from "../support/sdp-fixtures.ts";

describe("spanOf", () => {
  it("says where each line stands in the text, without its end", () => {
    const text = sdpFixture("avd.offer");
    const document = parse(text);
    for (const { lines } of sectionsOf(document)) {
      for (const line of lines) {
        const { start, end } = spanOf(document, line);
        expect(text.slice(start, end)).toBe(line.source);
      }
    }
  });

  it("tells equal lines apart", () => {
    const document = parse("a=x\na=x\n");
    const [first, second] = document.session.lines;
    expect(first && spanOf(document, first)).toEqual({ start: 0, end: 3 });
    expect(second && spanOf(document, second)).toEqual({ start: 4, end: 7 });
  });

  it("throws for a line of another document", () => {
    const [line] = parse("a=x").session.lines;
    expect(() => line && spanOf(parse("a=x"), line)).toThrow(RangeError);
  });
});

describe("positionIn", () => {
  it("agrees with positionAt for every offset of every text", () => {
    const text = fc.string({ unit: fc.constantFrom("\r", "\n", "a", "m=", "가"), maxLength: 20 });
    fc.assert(
      fc.property(text, (sample) => {
        const document = parse(sample);
        for (let offset = -1; offset <= sample.length + 1; offset++) {
          expect(positionIn(document, offset)).toEqual(positionAt(sample, offset));
        }
      }),
      { numRuns: 500 },
    );
  });
});
