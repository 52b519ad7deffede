import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SdpDocument } from "../../../lib/sdp/document.ts";
import { addAttribute } from "../../../lib/sdp/edit/add-attribute.ts";
import { addCandidates } from "../../../lib/sdp/edit/add-candidates.ts";
import { applyEdits } from "../../../lib/sdp/edit/apply-edits.ts";
import { filterExtensions } from "../../../lib/sdp/edit/filter-extensions.ts";
import { rejectSection } from "../../../lib/sdp/edit/reject-section.ts";
import { removeAttribute } from "../../../lib/sdp/edit/remove-attribute.ts";
import { removeCandidates } from "../../../lib/sdp/edit/remove-candidates.ts";
import { removeRid } from "../../../lib/sdp/edit/remove-rid.ts";
import { renumberExtensions } from "../../../lib/sdp/edit/renumber-extensions.ts";
import { setAttribute } from "../../../lib/sdp/edit/set-attribute.ts";
import { setBandwidth } from "../../../lib/sdp/edit/set-bandwidth.ts";
import { setDirection } from "../../../lib/sdp/edit/set-direction.ts";
import { setFormatParameters } from "../../../lib/sdp/edit/set-format-parameters.ts";
import { setMsids } from "../../../lib/sdp/edit/set-msids.ts";
import { setRid } from "../../../lib/sdp/edit/set-rid.ts";
import { setSimulcast } from "../../../lib/sdp/edit/set-simulcast.ts";
import { parse } from "../../../lib/sdp/parse.ts";
import { sectionsOf } from "../../../lib/sdp/sections.ts";
import { applyTextEdits } from "../../../lib/text.ts";
import { sdpFixtures } from "../../support/sdp-fixtures.ts";

/** Every edit, as it is used on any section of any description. */
const edits: Readonly<Record<string, (document: SdpDocument, at: number) => SdpDocument>> = {
  setAttribute: (document, at) => setAttribute(document, at, "x-test", "1"),
  "setAttribute of one that is there": (document, at) => setAttribute(document, at, "mid", "new"),
  addAttribute: (document, at) => addAttribute(document, at, "x-test"),
  removeAttribute: (document, at) => removeAttribute(document, at, "extmap"),
  setDirection: (document, at) => setDirection(document, at, "recvonly"),
  setBandwidth: (document, at) => setBandwidth(document, at, { as: 500, tias: 450_000 }),
  "setBandwidth, lifted": (document, at) => setBandwidth(document, at, null),
  rejectSection,
  addCandidates: (document, at) =>
    addCandidates(document, at, ["candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host"]),
  removeCandidates: (document) => removeCandidates(document, () => true),
  filterExtensions: (document) => filterExtensions(document, ({ id }) => id % 2 === 0),
  renumberExtensions: (document) => renumberExtensions(document),
  setFormatParameters: (document, at) => {
    const format = parse(document.toString()).media[at]?.lines[0]?.source.split(" ")[3] ?? "";
    return setFormatParameters(document, at, format, { "x-test": 1 });
  },
  setMsids: (document, at) => setMsids(document, at, [{ stream: "s", track: "t" }]),
  setRid: (document, at) =>
    setRid(document, at, { id: "q", direction: "send", payloadTypes: [], restrictions: [] }),
  setSimulcast: (document, at) => setSimulcast(document, at, null),
};

describe.each(Object.entries(edits))("%s", (_name, edit) => {
  const description = fc.constantFrom(...sdpFixtures);
  const lineEnds = fc.constantFrom("\r\n", "\n", "\r");
  const subject = fc.tuple(description, lineEnds, fc.boolean(), fc.nat(5));

  it("keeps every line that it does not change as the same object, in the same order", () => {
    check(({ document, edited }) => {
      const before = linesOf(document);
      const kept = linesOf(edited).filter((line) => before.includes(line));
      expect(kept).toEqual(before.filter((line) => kept.includes(line)));
      expect(new Set(linesOf(edited)).size).toBe(linesOf(edited).length);
    });
  });

  it("gives the document that its text reads as, in the document's own line ends", () => {
    check(({ document, edited, eol }) => {
      const again = parse(edited.toString());
      expect(sectionsOf(edited).map(plain)).toEqual(sectionsOf(again).map(plain));
      const ends = linesOf(edited).map((line) => line.eol);
      expect(ends.slice(0, -1).every((end) => end === eol)).toBe(true);
      // A text that ended without a line end still does, unless its last line was removed.
      expect([eol, linesOf(document).at(-1)?.eol]).toContain(ends.at(-1));
    });
  });

  it("shares every section that it leaves alone, and changes nothing the second time", () => {
    check(({ document, edited, at }) => {
      document.media.forEach((section, index) => {
        const same = edited.media[index];
        if (section.lines.every((line, row) => line === same?.lines[row])) {
          if (section.lines.length === same?.lines.length) expect(same).toBe(section);
        }
      });
      if (edit === edits["addAttribute"]) return;
      expect(edit(edited, at).toString()).toBe(edited.toString());
    });
  });

  function check(
    property: (subject: {
      document: SdpDocument;
      edited: SdpDocument;
      at: number;
      eol: string;
    }) => void,
  ) {
    fc.assert(
      fc.property(subject, ([{ text }, eol, isOpenEnded, index]) => {
        const source = text.replaceAll("\r\n", eol);
        const document = parse(isOpenEnded ? source.slice(0, -eol.length) : source);
        const at = index % document.media.length;
        property({ document, edited: edit(document, at), at, eol });
      }),
      { numRuns: 60 },
    );
  }
});

describe("applyEdits", () => {
  it("gives what the edited text reads as, and shares the lines that stand where they stood", () => {
    const text = fc.string({
      unit: fc.constantFrom(
        "\r",
        "\n",
        "a",
        "=",
        "m",
        "\0",
        "\ud800",
        "a=mid:0\r\n",
        "m=audio\r\n",
      ),
      maxLength: 30,
    });
    const edit = fc.tuple(fc.nat(40), fc.nat(5), text);
    fc.assert(
      fc.property(text, fc.array(edit, { maxLength: 4 }), (before, wanted) => {
        let from = 0;
        const list = wanted
          .map(([start, length, insert]) => ({
            start: Math.min(start, before.length),
            length,
            insert,
          }))
          .sort((a, b) => a.start - b.start)
          .flatMap(({ start, length, insert }) => {
            if (start < from) return [];
            from = Math.min(before.length, start + length);
            return [{ span: { start, end: from }, text: insert }];
          });
        const after = applyTextEdits(before, list);
        const edited = applyEdits(before, list);
        expect(edited.toString()).toBe(after);
        expect(sectionsOf(edited).map(plain)).toEqual(sectionsOf(parse(after)).map(plain));
        expect(new Set(linesOf(edited)).size).toBe(linesOf(edited).length);
      }),
      { numRuns: 1500 },
    );
  });

  it("returns every other line and every other section as the same object", () => {
    const text = "v=0\r\ns=-\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\nm=video 9 RTP/AVP 96\r\n";
    const before = parse(text);
    const start = text.indexOf("mid:") + 4;
    const after = applyEdits(before, [{ span: { start, end: start + 1 }, text: "7" }]);
    expect(after.toString()).toContain("a=mid:7\r\n");
    expect(after.session).toBe(before.session);
    expect(after.media[1]).toBe(before.media[1]);
    expect(after.media[0]?.lines[0]).toBe(before.media[0]?.lines[0]);
  });

  it("returns the document itself when nothing changes", () => {
    const document = parse("v=0\r\n");
    expect(applyEdits(document, [])).toBe(document);
    expect(applyEdits(document, [{ span: { start: 2, end: 3 }, text: "0" }])).toBe(document);
  });

  it("throws for overlapping spans and for spans outside the text", () => {
    const edit = { span: { start: 0, end: 2 }, text: "" };
    expect(() => applyEdits("v=0", [edit, edit])).toThrow(RangeError);
    expect(() => applyEdits("v=0", [{ span: { start: 9, end: 9 }, text: "" }])).toThrow(RangeError);
  });
});

describe("wrong use", () => {
  const text =
    "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\na=mid:a\r\na=rtpmap:111 opus/48000/2\r\na=rid:hi send\r\nm=video 9 RTP/AVP 96\r\n";
  it.each([
    [
      "an unknown mid",
      () => setDirection(text, "b", "inactive"),
      "“b”; this description has 0 (mid “a”), 1 (no mid)",
    ],
    [
      "an m-line index out of range",
      () => rejectSection(text, 2),
      "index 2; this description has 0",
    ],
    ["a broken m-line index", () => setAttribute(text, Number.NaN, "x"), "this description has"],
    [
      "the session part where a media section is needed",
      () => rejectSection(text, -1),
      "session part",
    ],
    ["an empty description", () => rejectSection("", 0), "has no media section"],
    [
      "an unknown direction",
      () => setDirection(text, 0, "both" as "sendrecv"),
      "sendrecv, sendonly, recvonly, inactive",
    ],
    ["a name with a blank", () => setAttribute(text, 0, "a b"), "no attribute name"],
    ["a name with a colon", () => addAttribute(text, 0, "mid:0"), "no attribute name"],
    [
      "a value with a line end",
      () => setAttribute(text, 0, "mid", "0\r\na=x"),
      "U+000D at offset 1",
    ],
    ["a broken bandwidth", () => setBandwidth(text, 0, { as: 1.5 }), "1.5 kilobits per second"],
    ["a negative bandwidth", () => setBandwidth(text, 0, { tias: -1 }), "-1 bits per second"],
    ["no bandwidth", () => setBandwidth(text, 0, {}), "needs as"],
    [
      "a text that is no candidate",
      () => addCandidates(text, 0, ["hello"]),
      "“hello” is no ICE candidate",
    ],
    [
      "an unknown format",
      () => setFormatParameters(text, 0, 96, {}),
      "no format 96; it has 111 (opus), 0 (PCMU)",
    ],
    [
      "a parameter of two",
      () => setFormatParameters(text, 0, 111, { a: "1;b=2" }),
      "begin another parameter",
    ],
    [
      "a parameter without a name",
      () => setFormatParameters(text, 0, 111, { "": 1 }),
      "no name of a format parameter",
    ],
    [
      "an extension id that is reserved",
      () => renumberExtensions(text, { "urn:x": 15 }),
      "15 is no id",
    ],
    [
      "one extension id wished twice",
      () => renumberExtensions(text, { "urn:x": 1, "urn:y": 1 }),
      "urn:x and for urn:y",
    ],
    ["an msid with a blank", () => setMsids(text, 0, [{ stream: "a b" }]), "“a b” is no id"],
    ["an unknown rid", () => removeRid(text, 0, "lo"), "no rid “lo”; it has “hi”"],
    [
      "a rid with a format of nobody",
      () => setRid(text, 0, { id: "q", direction: "send", payloadTypes: ["5"], restrictions: [] }),
      "no format 5",
    ],
    [
      "simulcast of an unknown rid",
      () => setSimulcast(text, 0, { send: [[{ rid: "lo", isPaused: false }]] }),
      "no a=rid:lo send; it has hi",
    ],
  ])("%s throws a RangeError that names what there is", (_name, use, words) => {
    expect(use).toThrow(RangeError);
    expect(use).toThrow(words);
  });
});

function linesOf(document: SdpDocument) {
  return sectionsOf(document).flatMap(({ lines }) => lines);
}

function plain({ index, lines }: SdpDocument["session"]) {
  return { index, lines: lines.map(({ source, eol }) => source + eol) };
}
