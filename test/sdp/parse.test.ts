import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SdpDocument } from "../../lib/sdp/document.ts";
import { parse } from "../../lib/sdp/parse.ts";
import { sectionsOf } from "../../lib/sdp/sections.ts";
import { stringify } from "../../lib/sdp/stringify.ts";
import { sdpFixtures } from "../support/sdp-fixtures.ts";

/** Any UTF-16 text, rich in what matters to an SDP parser. */
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.oneof(
      fc.constantFrom("\r", "\n", "\r\n", "\0", "=", "m=", "a=", "v=0", "m=audio 9 RTP/AVP 0", " "),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    maxLength: 200,
  }),
);

describe("parse", () => {
  it("gives back every text byte for byte, line by line", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const document = parse(text);
        expect(stringify(document)).toBe(text);
        expect(concatenated(document)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(sdpFixtures)("gives back $name", ({ text }) => {
    expect(concatenated(parse(text))).toBe(text);
  });

  it("gives back ten megabytes, of lines and in one line", () => {
    const lines = "a=candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host\r\n".repeat(190_000);
    const line = "x".repeat(10_000_000);
    for (const text of [lines, line]) {
      expect(text.length).toBeGreaterThanOrEqual(10_000_000);
      expect(concatenated(parse(text)) === text).toBe(true);
    }
  });

  it.each([
    { text: "", ends: [] },
    { text: "a", ends: [""] },
    { text: "a\r\nb\nc\rd", ends: ["\r\n", "\n", "\r", ""] },
    { text: "a\r", ends: ["\r"] },
    { text: "a\r\r\n", ends: ["\r", "\r\n"] },
    { text: "\n\n", ends: ["\n", "\n"] },
    { text: "a\n\r", ends: ["\n", "\r"] },
  ])("ends the lines of $text with CRLF, LF or a lone CR", ({ text, ends }) => {
    expect(parse(text).session.lines.map(({ eol }) => eol)).toEqual(ends);
  });

  it("begins a media section at every m= line and keeps what comes before as the session part", () => {
    const document = parse("v=0\r\ns=-\r\nm=audio 9 RTP/AVP 0\r\na=x\r\nm=video 0 RTP/AVP 96\r\n");
    expect(document.session.index).toBe(-1);
    expect(document.session.lines.map(({ source }) => source)).toEqual(["v=0", "s=-"]);
    expect(document.media.map(({ index }) => index)).toEqual([0, 1]);
    expect(document.media[0]?.lines.map(({ source }) => source)).toEqual([
      "m=audio 9 RTP/AVP 0",
      "a=x",
    ]);
  });

  it.each([
    { source: "a=mid:0", type: "a", value: "mid:0" },
    { source: "v=", type: "v", value: "" },
    { source: "V=0", type: "V", value: "0" },
    { source: "=", type: "", value: "=" },
    { source: "hello", type: "", value: "hello" },
    { source: "1=2", type: "", value: "1=2" },
    { source: " a=b", type: "", value: " a=b" },
  ])("reads the type of “$source” as “$type”", ({ source, type, value }) => {
    expect(parse(source).session.lines[0]).toMatchObject({ type, value, source, eol: "" });
  });
});

function concatenated(document: SdpDocument): string {
  return sectionsOf(document)
    .flatMap(({ lines }) => lines)
    .map(({ source, eol }) => source + eol)
    .join("");
}
