import { describe, expect, it } from "vitest";
import { filterCodecs } from "../../lib/offer-answer/filter-codecs.ts";
import { readPayloadTypeGraph } from "../../lib/offer-answer/payload-type-graph.ts";
import { renumberPayloadTypes } from "../../lib/offer-answer/renumber.ts";
import type { SdpDocument } from "../../lib/sdp/document.ts";
import { parse } from "../../lib/sdp/parse.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { sdpFixtures } from "../support/sdp-fixtures.ts";

/** What refers to a payload type that its section does not list: none in a sound description. */
function dangling(document: SdpDocument): string[] {
  return readDescription(document).media.flatMap((media) => {
    if (!media.isRtp) return [];
    const formats = new Set(media.formats);
    const named = media.section.lines.flatMap(({ source }) => {
      const first = /^a=(?:rtpmap|fmtp|rtcp-fb|imageattr):(\d+) /.exec(source)?.[1];
      const list = /^a=rid:\S+ \S+ (?:.*;)?pt=([\d,]+)/.exec(source)?.[1];
      return [...(first ? [first] : []), ...(list?.split(",") ?? [])];
    });
    const referred = readPayloadTypeGraph(media).nodes.flatMap(({ references }) => references);
    return [...named, ...referred].filter((format) => !formats.has(format));
  });
}

const texts = [...new Map(sdpFixtures.map((fixture) => [fixture.text, fixture])).values()];

describe("descriptions of real endpoints", () => {
  it.each(texts)("$name: no filter and no renumbering leaves a reference behind", ({ text }) => {
    const document = parse(text);
    const before = dangling(document);
    const lines = new Set(text.split(/\r?\n/));
    const codecs = readDescription(document).media.flatMap((media) => media.codecs);
    for (const name of new Set(codecs.map((codec) => codec.name))) {
      for (const dependents of ["keep", "drop"] as const) {
        const filtered = filterCodecs(document, [name], { dependents });
        expect(
          dangling(filtered).filter((format) => !before.includes(format)),
          name,
        ).toEqual([]);
        const added = filtered
          .toString()
          .split(/\r?\n/)
          .filter(
            (line) => !lines.has(line) && !/^(?:m=|a=(?:group|rid|simulcast)[: ])/.test(line),
          );
        // A rejected first section hands its transport on; nothing else is new.
        const isRejecting = readDescription(filtered).media.some(
          (media, index) => media.isRejected && !readDescription(document).media[index]?.isRejected,
        );
        if (!isRejecting) expect(added, name).toEqual([]);
      }
    }
    const numbers = [...new Set(codecs.map(({ payloadType }) => payloadType))];
    const rotated = new Map(
      numbers.map((from, at) => [from, numbers[(at + 1) % numbers.length] ?? from]),
    );
    const back = new Map([...rotated].map(([from, to]) => [to, from]));
    // Only numbers that every section has may change places freely.
    const isUniform = readDescription(document).media.every(
      ({ isRtp, formats }) => !isRtp || formats.every((format) => rotated.has(Number(format))),
    );
    if (!isUniform) return;
    const renumbered = renumberPayloadTypes(document, rotated);
    expect(dangling(renumbered).length).toBe(before.length);
    expect(renumberPayloadTypes(renumbered, back).toString()).toBe(text);
  });
});
