import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Section } from "../../lib/sdp/document.ts";
import { parse } from "../../lib/sdp/parse.ts";
import type { LineChange, LinePlace } from "../../lib/sdp/text-section.ts";
import { changeSection, LineCursor, textOf, textSection } from "../../lib/sdp/text-section.ts";

/** Pieces of lines and every kind of line end, in any order. */
const anyLines = fc.string({
  unit: fc.constantFrom("a=x:1", "b", ":", " ", "\r\n", "\n", "\r"),
  maxLength: 40,
});

function placesOf(text: string): readonly LinePlace[] {
  const places: LinePlace[] = [];
  for (const cursor = new LineCursor(text); cursor.step(); ) {
    const { start, end, next } = cursor;
    places.push({ start, end, next });
  }
  return places;
}

const sources = ({ lines }: Section) => lines.map(({ source }) => source);

describe("LineCursor", () => {
  it("goes from line to line as a section is cut", () => {
    fc.assert(
      fc.property(anyLines, (text) => {
        const { lines } = textSection(0, text);
        const cut = placesOf(text).map(({ start, end, next }) => ({
          source: text.slice(start, end),
          eol: text.slice(end, next),
        }));
        expect(cut).toEqual(lines.map(({ source, eol }) => ({ source, eol })));
      }),
    );
  });
});

describe("changeSection", () => {
  const section = textSection(2, "m=audio 9 RTP/AVP 0\r\na=mid:0\na=sendrecv\r\na=x\r\n");
  const places = placesOf(textOf(section));
  const at = (number: number) => places[number] as LinePlace;

  it("replaces and removes lines, and shares all others", () => {
    const changed = changeSection(section, [
      { place: at(1), source: "a=mid:a" },
      { place: at(2), source: false },
    ]);
    expect(textOf(changed)).toBe("m=audio 9 RTP/AVP 0\r\na=mid:a\na=x\r\n");
    expect(changed.index).toBe(2);
    expect(sources(changed)).toEqual(["m=audio 9 RTP/AVP 0", "a=mid:a", "a=x"]);
    expect(changed.lines[0]).toBe(section.lines[0]);
    expect(changed.lines[2]).toBe(section.lines[3]);
    expect(changed.lines[1]?.eol).toBe("\n");
  });

  it("removes lines that follow each other as one", () => {
    const gone = { start: at(1).start, end: at(2).end, next: at(2).next };
    const changed = changeSection(section, [
      { place: gone, source: false },
      { place: at(3), source: "a=y" },
    ]);
    expect(textOf(changed)).toBe("m=audio 9 RTP/AVP 0\r\na=y\r\n");
    expect(sources(changed)).toEqual(["m=audio 9 RTP/AVP 0", "a=y"]);
    expect(changed.lines[0]).toBe(section.lines[0]);
  });

  it("is the section itself where no line becomes another", () => {
    expect(changeSection(section, [])).toBe(section);
    expect(changeSection(section, [{ place: at(1), source: "a=mid:0" }])).toBe(section);
  });

  it("has the lines of its text, whatever goes and whoever made the section", () => {
    fc.assert(
      fc.property(anyLines, fc.func(fc.constantFrom(false, true, "a=new")), (text, fate) => {
        for (const base of [
          textSection(0, text),
          { index: 0, lines: textSection(0, text).lines },
        ]) {
          const changes = placesOf(text).flatMap((place, number): LineChange[] => {
            const source = fate(number);
            return source === true ? [] : [{ place, source: source as string | false }];
          });
          const changed = changeSection(base, changes);
          const again = textSection(0, textOf(changed));
          expect(sources(changed)).toEqual(sources(again));
        }
      }),
    );
  });

  it("stays one line end when the line between a lone CR and an LF goes", () => {
    const text = "a\rb\r\n\nc";
    const [, b] = placesOf(text);
    const changed = changeSection(textSection(0, text), [{ place: b as LinePlace, source: false }]);
    expect(textOf(changed)).toBe("a\r\nc");
    expect(sources(changed)).toEqual(["a", "c"]);
    expect(parse(textOf(changed)).session.lines).toHaveLength(2);
  });
});
