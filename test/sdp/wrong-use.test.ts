import { describe, expect, test } from "vitest";
import type { Candidate } from "../../lib/ice/candidate.ts";
import { parseCandidate } from "../../lib/ice/parse-candidate.ts";
import { filterCodecs } from "../../lib/offer-answer/filter-codecs.ts";
import { lint } from "../../lib/rules/lint.ts";
import { addCandidates } from "../../lib/sdp/edit/add-candidates.ts";
import { applyEdits } from "../../lib/sdp/edit/apply-edits.ts";
import { parse } from "../../lib/sdp/parse.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";

describe("wrong use", () => {
  test("is named where a text or a document is wanted", () => {
    for (const given of [undefined, null, 7]) {
      expect(() => parse(given as never)).toThrow("An SDP text or a document of parse() is needed");
      expect(() => readDescription(given as never)).toThrow(TypeError);
    }
    expect(() => readDescription({ type: "offer", sdp: "v=0" } as never)).toThrow("pass its sdp");
  });

  test("is named where codecs or the type of a description are wanted", () => {
    expect(() => filterCodecs("v=0\r\n", "VP8" as never)).toThrow(
      'a list of codecs such as ["VP8"',
    );
    expect(() => lint("v=0\r\n", { type: "ofer" as never })).toThrow('not "ofer"');
  });

  test("is named where an edit's span is no range of whole numbers", () => {
    const edits = [{ span: { start: Number.NaN, end: 5 }, text: "" }];
    expect(() => applyEdits("v=0\r\n", edits)).toThrow(RangeError);
  });

  test("brings no line of its own through a candidate", () => {
    const { candidate } = parseCandidate("candidate:1 1 udp 2130706431 192.0.2.1 9 typ host");
    const evil = { ...candidate, foundation: "x\r\nm=evil 1 2 3" } as Candidate;
    const sdp = "v=0\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n";
    expect(() => addCandidates(sdp, "0", [evil])).toThrow("cannot stand inside a line");
  });
});
