import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filterCodecs } from "../../lib/offer-answer/filter-codecs.ts";
import { readPayloadTypeGraph } from "../../lib/offer-answer/payload-type-graph.ts";
import { preferCodecs } from "../../lib/offer-answer/prefer-codecs.ts";
import { renumberPayloadTypes } from "../../lib/offer-answer/renumber.ts";
import { selectCodecs } from "../../lib/offer-answer/select-codecs.ts";
import type { Direction, MediaDescription } from "../../lib/sdp/description.ts";
import { rejectSection } from "../../lib/sdp/edit/reject-section.ts";
import { setDirection } from "../../lib/sdp/edit/set-direction.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { judge, type Verdict } from "../lab/collect.ts";
import { hasBrowser } from "../support/browser.ts";
import { type BrowserPage, openChromium } from "../support/endpoints.ts";
import { sdpFixtures } from "../support/sdp-fixtures.ts";

/** The recorded offers without those that differ only in what no rewrite touches, such as credentials. */
const offers = [
  ...new Map(
    sdpFixtures
      .filter(({ name }) => name.endsWith(".offer"))
      .map((fixture) => [touched(fixture.text), fixture] as const),
  ).values(),
];

function touched(text: string): string {
  return (
    text.match(/^(?:m|a=(?:rtpmap|fmtp|group|rid|simulcast|send|recv|inactive)).*/gm) ?? []
  ).join("\n");
}

describe.skipIf(!hasBrowser())("what Chromium accepts, rewritten", () => {
  let page: BrowserPage;
  const ask = (sdps: readonly string[]): Promise<Verdict[]> => page.evaluate(judge, sdps);

  beforeAll(async () => {
    page = await openChromium();
  });
  afterAll(() => page?.close());

  it.for(offers)(
    "$name is accepted again, and answered as rewritten",
    async ({ text }, { skip }) => {
      const [before] = (await ask([text])) as [Verdict];
      skip(!before.accepted, "Chromium refuses the offer itself.");
      const answered = readDescription(before.answer ?? "").media;
      const offered = readDescription(text).media;

      const rewrites = [
        ...codecsOf(offered).flatMap((codec) => [
          filtered(text, codec, answered),
          preferred(text, codec, answered),
        ]),
        renumbered(text, offered, answered),
        ...offered.flatMap((section) => [
          rejected(text, section, answered),
          ...(section.isRtp && !section.isRejected ? directed(text, section) : []),
        ]),
      ];
      const verdicts = await ask(rewrites.map(({ sdp }) => sdp));
      for (const [index, { what, check }] of rewrites.entries()) {
        const verdict = verdicts[index] as Verdict;
        expect(verdict.error ?? verdict.answerError, what).toBeUndefined();
        check(readDescription(verdict.answer ?? "").media, what);
      }
    },
  );
});

/** A rewritten offer, and what its answer has to show. */
interface Rewrite {
  readonly what: string;
  readonly sdp: string;
  check(answer: readonly MediaDescription[], what: string): void;
}

type Sections = readonly MediaDescription[];

/** Each codec that is offered, once: `name/clock rate` with its format parameters. */
function codecsOf(media: Sections): readonly { name: string; clockRate: number; fmtp?: string }[] {
  const codecs = media
    .filter(({ isRejected }) => !isRejected)
    .flatMap((section) => section.codecs)
    .map(({ name, clockRate, fmtp }) => ({ name, clockRate, ...(fmtp !== undefined && { fmtp }) }));
  return [...new Map(codecs.map((codec) => [JSON.stringify(codec), codec])).values()];
}

/** The formats of every section, none of a rejected one. */
function formatsOf(media: Sections): readonly (readonly string[])[] {
  return media.map(({ formats, isRejected }) => (isRejected ? [] : formats));
}

function filtered(
  text: string,
  codec: ReturnType<typeof codecsOf>[number],
  before: Sections,
): Rewrite {
  const selection = selectCodecs(text, [codec]);
  const dropped = new Set(selection.dropped.map(({ index, format }) => `${index} ${format}`));
  return {
    what: `filterCodecs to ${JSON.stringify(codec)}`,
    sdp: filterCodecs(text, selection).toString(),
    check: (answer, what) => {
      const left = before.map((section) => {
        const { nodes } = readPayloadTypeGraph(section);
        const kept = nodes.filter(({ format }) => !dropped.has(`${section.index} ${format}`));
        // Chromium answers no section in which only RTX, RED and FEC are common.
        const isAnswered =
          !section.isRtp ||
          kept.some(
            ({ role }) =>
              role !== undefined && !["retransmission", "redundancy", "fec"].includes(role),
          );
        return section.isRejected || !isAnswered
          ? []
          : section.formats.filter((format) => !dropped.has(`${section.index} ${format}`));
      });
      expect(formatsOf(answer), what).toEqual(left);
    },
  };
}

function preferred(
  text: string,
  codec: ReturnType<typeof codecsOf>[number],
  before: Sections,
): Rewrite {
  const sdp = preferCodecs(text, [codec]);
  return {
    what: `preferCodecs with ${JSON.stringify(codec)}`,
    sdp: sdp.toString(),
    check: (answer, what) => {
      // An answer lists what is common in the order of the offer.
      const order = readDescription(sdp).media.map(({ formats }) => formats);
      const left = formatsOf(before).map((formats, index) =>
        (order[index] ?? []).filter((format) => formats.includes(format)),
      );
      expect(formatsOf(answer), what).toEqual(left);
    },
  };
}

/** Every dynamic payload type takes the number of the next one. */
function renumbered(text: string, offered: Sections, before: Sections): Rewrite {
  const dynamic = [
    ...new Set(
      offered
        .filter(({ isRtp }) => isRtp)
        .flatMap(({ formats }) => formats.map(Number))
        .filter((number) => number > 34),
    ),
  ];
  const map = Object.fromEntries(
    dynamic.map((number, index) => [number, dynamic[(index + 1) % dynamic.length] as number]),
  );
  return {
    what: `renumberPayloadTypes with ${JSON.stringify(map)}`,
    sdp: renumberPayloadTypes(text, map).toString(),
    check: (answer, what) => {
      const moved = formatsOf(before).map((formats) =>
        formats.map((format) => String(map[Number(format)] ?? format)),
      );
      expect(formatsOf(answer), what).toEqual(moved);
      expect(namesOf(answer), what).toEqual(namesOf(before));
    },
  };
}

function namesOf(media: Sections): readonly (readonly string[])[] {
  return media.map(({ codecs, isRejected }) => (isRejected ? [] : codecs.map(({ name }) => name)));
}

function rejected(text: string, { index }: MediaDescription, before: Sections): Rewrite {
  return {
    what: `rejectSection ${index}`,
    sdp: rejectSection(text, index).toString(),
    check: (answer, what) => {
      expect(formatsOf(answer), what).toEqual(
        formatsOf(before).map((formats, other) => (other === index ? [] : formats)),
      );
    },
  };
}

/** The answer of a peer without tracks to each direction. RFC 3264 §6.1. */
const answers: Readonly<Record<Direction, Direction>> = {
  sendrecv: "recvonly",
  sendonly: "recvonly",
  recvonly: "inactive",
  inactive: "inactive",
};

function directed(text: string, { index }: MediaDescription): readonly Rewrite[] {
  return (Object.keys(answers) as Direction[]).map((direction) => ({
    what: `setDirection of ${index} to ${direction}`,
    sdp: setDirection(text, index, direction).toString(),
    check: (answer, what) => {
      expect(answer[index]?.direction, what).toBe(answers[direction]);
    },
  }));
}
