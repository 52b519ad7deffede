import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { profileOf } from "../../lib/rules/browsers/profiles.ts";
import { explainRefusal } from "../../lib/rules/explain-refusal.ts";
import { lint } from "../../lib/rules/lint.ts";
import { applyTextEdits } from "../../lib/text.ts";
import { offer } from "./call.ts";

/**
 * What Chromium 156 and Firefox 153 said to 492 damaged copies of the sample offer, each tried on a new peer connection:
 * where the damage begins and ends, what stands there instead, and the error text of each browser or null.
 */
type Recording = readonly [
  start: number,
  end: number,
  text: string,
  chromium: string | null,
  firefox: string | null,
];

const recordings: readonly Recording[] = JSON.parse(
  readFileSync(new URL("../fixtures/refusals/offers.json", import.meta.url), "utf8"),
);
const samples = recordings.map(([start, end, text, chromium, firefox]) => ({
  sdp: applyTextEdits(offer, [{ span: { start, end }, text }]),
  chromium,
  firefox,
}));

describe.each(["chromium", "firefox"] as const)("lint as %s", (browser) => {
  const judged = samples.map((sample) => ({
    ...sample,
    errors: lint(sample.sdp, { type: "offer", browser }).filter(
      ({ severity }) => severity === "error",
    ),
  }));

  it("finds an error exactly where the browser refuses", () => {
    const differences = judged
      .filter((sample) => sample.errors.length > 0 !== (sample[browser] !== null))
      .map((sample) => [sample.sdp, sample[browser]]);
    expect(differences).toEqual([]);
  });

  it("says what the browser says", () => {
    const { refuses } = profileOf(browser);
    const differences = samples.flatMap((sample) => {
      const reason = refuses(sample.sdp, "offer")?.reason.trim() ?? "";
      return sample[browser]?.includes(reason) === false ? [[reason, sample[browser]]] : [];
    });
    expect(differences).toEqual([]);
  });

  it("has one error at most, with a place and words in both languages", () => {
    for (const { errors } of judged) {
      expect(errors.length).toBeLessThan(2);
      for (const { code, span, message } of errors) {
        expect(code).toMatch(new RegExp(`^${browser}/`));
        expect(span, message.en).toBeDefined();
        expect(message.ko).not.toBe(message.en);
      }
    }
  });

  it("explains the browser's own text, with the line it names", () => {
    for (const sample of judged) {
      const text = sample[browser];
      if (text === null) continue;
      const explained = explainRefusal(text, sample.sdp);
      const [error] = sample.errors;
      expect(
        explained.map(({ code }) => code),
        text,
      ).toContain(error?.code);
      expect(
        explained.map(({ position }) => position),
        text,
      ).toContainEqual(error?.position);
      expect(
        explained.map(({ code }) => code),
        text,
      ).not.toContain(`${browser}/other`);
    }
  });
});

describe("explainRefusal", () => {
  it("quotes Chromium, names the line, and brings the fix of the rule", () => {
    const broken = offer.replace("opus/48000/2", "opus").replace("a=rtcp-mux\r\n", "");
    const [found] = explainRefusal(
      "OperationError: Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': Failed to set remote offer sdp: rtcp-mux must be enabled when BUNDLE is enabled.",
      broken.replace("a=rtpmap:111 opus", "a=rtpmap:111 opus/48000/2"),
    );
    expect(found).toMatchObject({
      code: "chromium/bundle-without-mux",
      position: { line: 7, column: 1 },
      message: {
        en: "Chromium refuses this (“rtcp-mux must be enabled when BUNDLE is enabled.”). Every bundled RTP section needs a=rtcp-mux.",
      },
      fix: { title: { en: "Insert a=rtcp-mux." } },
    });
  });

  it("works without the description: the meaning, and the line number that Firefox names", () => {
    const [found] = explainRefusal(
      "SIPCC Failed to parse SDP: SDP Parse Error on line 12:  Warning: Unrecognized attribute (foo) \nSDP Parse Error on line 14: Malformed fingerprint token\n",
    );
    expect(found).toMatchObject({
      code: "firefox/fingerprint-invalid",
      position: { line: 14, column: 1 },
    });
  });

  it.each([
    [
      "The order of m-lines in answer doesn't match order in offer. Rejecting answer.",
      "chromium/m-line-order",
    ],
    ["Failed to set remote answer sdp: Called in wrong state: stable", "chromium/wrong-state"],
    ["Failed to set local offer sdp: SDP is modified in a non-acceptable way", "chromium/munged"],
    [
      "InvalidAccessError: Answer tried to set recv when offer did not set send",
      "firefox/direction-incompatible",
    ],
    ["SetRemoteDescription called with no ice-ufrag", "engine/pion-ice-missing"],
    ["negotiate codecs failed.", "engine/werift-codecs"],
  ])("knows “%s”", (message, code) => {
    expect(explainRefusal(message).map((each) => each.code)).toEqual([code]);
  });

  it("says nothing about a text that is no refusal", () => {
    expect(explainRefusal("TypeError: undefined is not a function")).toEqual([]);
    expect(explainRefusal("")).toEqual([]);
  });
});
