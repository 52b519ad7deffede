import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { filterCodecs } from "../../lib/offer-answer/filter-codecs.ts";
import { preferCodecs } from "../../lib/offer-answer/prefer-codecs.ts";
import { renumberPayloadTypes } from "../../lib/offer-answer/renumber.ts";
import { diff } from "../../lib/sdp/diff.ts";

const fixtures = new URL("../fixtures/sdp/chromium-156.0.8078.79/", import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, fixtures), "utf8");
const offer = fixture("av.offer.sdp");

const meanings = (before: string, after: string): string[] =>
  diff(before, after)
    .filter(({ isVolatile }) => !isVolatile)
    .map(({ message }) => message.en);
const volatiles = (before: string, after: string): string[] =>
  diff(before, after)
    .filter(({ isVolatile }) => isVolatile)
    .map(({ message }) => message.en);

describe("diff", () => {
  test("the same text differs in nothing", () => {
    expect(diff(offer, offer)).toEqual([]);
  });

  test("two calls of one page differ in volatile things only", () => {
    const renewed = offer
      .replace(/^o=- \d+/m, "o=- 1")
      .replaceAll(/a=ice-ufrag:.*/g, "a=ice-ufrag:abcd")
      .replaceAll(/a=ice-pwd:.*/g, "a=ice-pwd:abcdefghijklmnopqrstuvwx")
      .replaceAll(/a=fingerprint:sha-256 .*/g, `a=fingerprint:sha-256 ${"AB:".repeat(31)}AB`)
      .replaceAll(/a=ssrc:\d/g, "a=ssrc:1")
      .replaceAll("m=audio 9 ", "m=audio 54321 ");
    expect(meanings(offer, renewed)).toEqual([]);
    expect(volatiles(offer, renewed)).toContain("mid 0: m= changed from 9 to 54321");
  });

  test.each([
    [
      "a direction, also against the default",
      (sdp: string) => sdp.replace("a=sendrecv", "a=recvonly"),
      ["mid 0: direction changed from sendrecv to recvonly"],
    ],
    [
      "a direction that was the default anyway",
      (sdp: string) => sdp.replace("a=sendrecv\r\n", ""),
      [],
    ],
    [
      "a DTLS role",
      (sdp: string) => sdp.replace("a=setup:actpass", "a=setup:active"),
      ["mid 0: a=setup changed from actpass to active"],
    ],
    [
      "a format parameter",
      (sdp: string) => sdp.replace("minptime=10;useinbandfec=1", "minptime=10;useinbandfec=0"),
      [
        "mid 0: a=fmtp of opus/48000/2 changed from minptime=10;useinbandfec=1 to minptime=10;useinbandfec=0",
      ],
    ],
    [
      "format parameters in another order",
      (sdp: string) => sdp.replace("minptime=10;useinbandfec=1", "useinbandfec=1;minptime=10"),
      [],
    ],
    [
      "a feedback line",
      (sdp: string) => sdp.replace("a=rtcp-fb:96 nack pli\r\n", ""),
      ["mid 1: a=rtcp-fb of VP8/90000 removed: nack pli"],
    ],
    [
      "an unknown attribute",
      (sdp: string) => sdp.replace("a=mid:1", "a=mid:1\r\na=x-mine:7"),
      ["mid 1: a=x-mine added: 7"],
    ],
    [
      "the BUNDLE group",
      (sdp: string) => sdp.replace("BUNDLE 0 1", "BUNDLE 0"),
      ["session: a=group changed from BUNDLE 0 1 to BUNDLE 0"],
    ],
    [
      "a rejected section",
      (sdp: string) => sdp.replace("m=video 9 ", "m=video 0 "),
      ["mid 1: m= changed from video UDP/TLS/RTP/SAVPF to video UDP/TLS/RTP/SAVPF port 0"],
    ],
    [
      "a header extension's id",
      (sdp: string) => sdp.replaceAll("a=extmap:14 urn", "a=extmap:12 urn"),
      [],
    ],
  ] as const)("tells %s", (_name, edit, expected) => {
    const changed = edit(offer);
    expect(changed).not.toBe(offer);
    expect(diff(offer, changed)).not.toEqual([]);
    expect(meanings(offer, changed)).toEqual(expected);
  });

  test("a direction that is written now tells nothing of the order of the lines", () => {
    const silent = offer.replace("a=sendrecv\r\n", "");
    expect(diff(silent, offer).map(({ message }) => message.en)).toEqual([
      "mid 0: direction changed from sendrecv by default to a=sendrecv",
    ]);
    expect(
      diff(silent, offer.replace("a=sendrecv", "a=inactive")).map(({ message }) => message),
    ).toEqual([
      {
        en: "mid 0: direction changed from sendrecv to inactive",
        ko: "mid 0: 방향 값이 바뀌었습니다(sendrecv → inactive).",
      },
    ]);
  });

  test("a removed section and sections in another order", () => {
    const [session = "", audio = "", video = ""] = offer.split(/(?=^m=)/m);
    expect(meanings(offer, session + audio)[0]).toMatch(/^mid 1: section removed: m=video /);
    expect(meanings(offer, session + video + audio)).toEqual([
      "session: sections in another order: 0 1 → 1 0",
    ]);
  });

  test("codecs by their identity: RTX goes with its codec, and a number is no meaning", () => {
    const filtered = filterCodecs(offer, ["VP8", "opus"]).toString();
    const removed = meanings(offer, filtered);
    expect(removed).toContain(
      "mid 1: codec AV1/90000 removed: 45 AV1/90000 level-idx=5;profile=0;tier=0",
    );
    expect(removed.filter((one) => one.includes("VP8"))).toEqual([]);
    const renumbered = renumberPayloadTypes(offer, { 96: 35, 97: 36 }).toString();
    expect(meanings(offer, renumbered)).toEqual([]);
    expect(volatiles(offer, renumbered)).toEqual(
      expect.arrayContaining([
        "mid 1: payload type of VP8/90000 changed from 96 to 35",
        "mid 1: a=fmtp of rtx/90000 changed from apt=96 to apt=35",
      ]),
    );
  });

  test("the order of codecs is a preference", () => {
    const preferred = preferCodecs(offer, ["AV1"]).toString();
    const [only, ...rest] = meanings(offer, preferred);
    expect(rest).toEqual([]);
    expect(only).toMatch(/^mid 1: codecs in another order: VP8\/90000.* → AV1\/90000/);
  });

  test("says where in both texts, and in Korean", () => {
    const changed = offer.replace("a=setup:actpass", "a=setup:active");
    const [change] = diff(offer, changed);
    expect(change?.message.ko).toBe("mid 0: a=setup 값이 바뀌었습니다(actpass → active).");
    expect(offer.slice(change?.beforeSpan?.start, change?.beforeSpan?.end)).toBe("a=setup:actpass");
    expect(changed.slice(change?.afterSpan?.start, change?.afterSpan?.end)).toBe("a=setup:active");
  });
});
