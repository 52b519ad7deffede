import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readValue } from "../../lib/sdp/attribute.ts";
import { rtpmap, scanRtpmap } from "../../lib/sdp/attributes/rtpmap.ts";
import { Scanner } from "../../lib/sdp/scanner.ts";

const scan = (value: string) => scanRtpmap("96", `96 ${value}`, 3, "VP8");
const readByGrammar = (value: string) => readValue(rtpmap, new Scanner(), `96 ${value}`, 0);

describe("scanRtpmap", () => {
  it.each(["VP8/90000", "opus/48000/2", "x y/8000", "L16/44100/2x"])(
    "reads %s as the grammar does",
    (value) => {
      expect(scan(value)).toEqual(readByGrammar(value));
      expect(scan(value)).toBeDefined();
    },
  );

  it.each([
    "",
    " VP8/90000",
    "VP8",
    "/90000",
    "VP8/",
    "VP8/x",
    "VP8/90000 x",
    "VP8/90000/",
    "VP8/90000/2 ",
    "VP8/99999999999",
  ])("leaves “%s” to the grammar", (value) => expect(scan(value)).toBeUndefined());

  it("reads nothing otherwise than the grammar", () => {
    const piece = fc.constantFrom(
      "VP8",
      "opus",
      "/",
      " ",
      "0",
      "90000",
      "2",
      "a",
      "9".repeat(17),
      "-",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 7 }), (pieces) => {
        const value = pieces.join("");
        const found = scan(value);
        if (found !== undefined) expect(found).toEqual(readByGrammar(value));
      }),
    );
  });
});
