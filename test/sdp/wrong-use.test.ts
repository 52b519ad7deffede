import { describe, expect, test } from "vitest";
import type { Candidate } from "../../lib/ice/candidate.ts";
import { parseFragment } from "../../lib/ice/fragment.ts";
import { parseCandidate } from "../../lib/ice/parse-candidate.ts";
import { filterCodecs } from "../../lib/offer-answer/filter-codecs.ts";
import { lint } from "../../lib/rules/lint.ts";
import { addCandidates } from "../../lib/sdp/edit/add-candidates.ts";
import { applyEdits } from "../../lib/sdp/edit/apply-edits.ts";
import { setFormatParameters } from "../../lib/sdp/edit/set-format-parameters.ts";
import { setRid } from "../../lib/sdp/edit/set-rid.ts";
import { explain } from "../../lib/sdp/explain.ts";
import { parse } from "../../lib/sdp/parse.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { editWithSdpTransform } from "../../lib/sdp/sdp-transform.ts";
import { createRedactor } from "../../lib/trace/redact.ts";

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

describe("wrong use of edits", () => {
  const sdp = "v=0\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n";

  test("brings no line of its own through sdp-transform's model", () => {
    const smuggle = () =>
      editWithSdpTransform(sdp, (session) => {
        for (const media of session.media) media.mid = "0\r\nm=evil 1 2 3";
      });
    expect(smuggle).toThrow('session.media[0].mid is "0\\r\\nm=evil 1 2 3"');
    expect(() =>
      editWithSdpTransform(sdp, (session) => {
        session.media = undefined as never;
      }),
    ).toThrow("no list media");
  });

  test("sets no rid with a third direction, and no parameter to undefined", () => {
    const value = { id: "h", direction: "both" as never, payloadTypes: [], restrictions: [] };
    expect(() => setRid(sdp, "0", value as never)).toThrow("send or recv");
    expect(() => setFormatParameters(sdp, "0", 0, { ptime: undefined as never })).toThrow(
      "The value of ptime is undefined",
    );
  });

  test("names what explain, parseFragment and createRedactor need", () => {
    expect(() => explain(null as never)).toThrow("A line of a document or its text is needed");
    expect(() => parseFragment(null as never)).toThrow("The text of a fragment is needed");
    expect(() => createRedactor({} as never)).toThrow("A redactor needs a key");
  });
});
