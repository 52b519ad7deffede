import { describe, expect, it } from "vitest";
import { checkAnswer } from "../../lib/rules/check-answer.ts";
import { lint } from "../../lib/rules/lint.ts";
import { parse } from "../../lib/sdp/parse.ts";
import { applyTextEdits } from "../../lib/text.ts";
import { sdpFixtures } from "../support/sdp-fixtures.ts";
import { answer, changed, offer } from "./call.ts";

const codesOf = (found: ReturnType<typeof lint>) => found.map(({ code }) => code);

describe("lint", () => {
  it("takes a text or a document", () => {
    const broken = changed(offer, ["a=setup:actpass", "a=setup:holdconn"]);
    expect(lint(parse(broken))).toEqual(lint(broken));
  });

  it("never throws, whatever the text is", () => {
    for (const text of [
      "",
      "hello",
      "\0",
      "m=",
      "m=\r\n",
      "a=fmtp",
      "v=0\r\nm=audio",
      offer.slice(0, 700),
    ])
      for (const browser of [undefined, "chromium", "firefox"] as const) lint(text, { browser });
  });

  it("gives findings in the order of the text", () => {
    const found = lint(
      changed(offer, ["opus/48000/2", "opus/48000"], ["s=-", "s="], ["apt=96", "apt=99"]),
    );
    expect(codesOf(found)).toEqual(["sdp/session-name", "sdp/opus-rtpmap", "sdp/rtx-association"]);
  });

  it("leaves out the codes it is told to ignore", () => {
    const broken = changed(offer, ["apt=96", "apt=99"], ["s=-", "s="]);
    expect(codesOf(lint(broken, { ignore: ["sdp/session-name"] }))).toEqual([
      "sdp/rtx-association",
    ]);
  });

  it("names the browsers it knows when it is given another one", () => {
    expect(() => lint(offer, { browser: "netscape" as "chromium" })).toThrow(
      new RangeError(
        'There is no profile of the browser "netscape"; there are "chromium" and "firefox".',
      ),
    );
  });

  it("offers fixes that mend what they are offered for", () => {
    const broken = [
      changed(offer, ["a=rtcp-mux\n", ""]),
      changed(offer, ["opus/48000/2", "opus/48000"]),
      changed(offer, ["a=sctp-port:5000\n", ""]),
      changed(offer, ["apt=96", "apt=99"]),
      changed(offer, ["m=video 9", "m=video 0"]),
      changed(offer, ["a=fmtp:98", "a=fmtp:99"]),
      changed(offer, ["s=-", "s="]),
    ];
    for (const text of broken) {
      const found = lint(text, { type: "offer" }).find(({ fix }) => fix !== undefined);
      const mended = applyTextEdits(text, found?.fix?.edits ?? []);
      expect(codesOf(lint(mended, { type: "offer" })), found?.code).not.toContain(found?.code);
    }
  });

  it("offers fixes of an answer that make it fit", () => {
    const text = changed(answer, ["a=recvonly", "a=sendonly"]);
    const [found] = checkAnswer(offer, text);
    expect(checkAnswer(offer, applyTextEdits(text, found?.fix?.edits ?? []))).toEqual([]);
  });

  it("stays fast on a line of a megabyte", () => {
    const long = "A".repeat(1_000_000);
    for (const prefix of [
      "a=fmtp:111 ",
      "a=rid:",
      "a=candidate:",
      "a=fingerprint:sha-256 ",
      "a=group:BUNDLE ",
      "b=",
      "c=IN IP6 ",
      "a=simulcast:send ",
      "o=- ",
    ]) {
      const text = changed(offer, ["a=rtcp-mux", `${prefix + long}\na=rtcp-mux`]);
      for (const browser of ["chromium", "firefox"] as const)
        lint(text, { browser, type: "offer" });
    }
  });
});

/** Where an endpoint really breaks a rule: file, code and line. */
const realBreaks: readonly (readonly [fixture: string, code: string, line: number])[] = [
  // RFC 9143 §12: aiortc gives one extension id two meanings in one bundle.
  ["aiortc-1.4.0/av.answer", "sdp/bundle-extension-id", 31],
  ["aiortc-1.4.0/av.offer", "sdp/bundle-extension-id", 31],
  ["aiortc-1.4.0/avd-gathered.answer", "sdp/bundle-extension-id", 31],
  ["aiortc-1.4.0/avd-gathered.offer", "sdp/bundle-extension-id", 31],
  ["aiortc-1.4.0/recvonly.answer", "sdp/bundle-extension-id", 31],
  ["aiortc-1.4.0/recvonly.offer", "sdp/bundle-extension-id", 31],
  // RFC 7587 §7: GStreamer says OPUS/48000 without the two channels.
  ["gstreamer-1.22.0/recvonly.offer", "sdp/opus-rtpmap", 15],
  // RFC 8853 §5.5: Pion and werift accept simulcast but not the rid extension it needs.
  ["pion-3.1.56/simulcast-of-chromium.answer", "sdp/simulcast-extension", 86],
  ["pion-3.1.56/simulcast-of-firefox.answer", "sdp/simulcast-extension", 58],
  ["werift-0.24.4/simulcast-of-chromium.answer", "sdp/simulcast-extension", 45],
  ["werift-0.24.4/simulcast-of-firefox.answer", "sdp/simulcast-extension", 47],
];

describe("no false alarm: what real endpoints sent", () => {
  it("breaks no rule but in the listed places", () => {
    const errors = sdpFixtures.flatMap(({ name, text }) => {
      const type = name.endsWith(".answer") ? ("answer" as const) : ("offer" as const);
      return lint(text, { type })
        .filter(({ severity }) => severity === "error")
        .map(({ code, position }) => [name, code, position?.line]);
    });
    expect(errors).toEqual(realBreaks);
  });

  it("has answers that fit their offers", () => {
    const byName = new Map(sdpFixtures.map(({ name, text }) => [name, text]));
    const pairs = sdpFixtures
      .filter(({ name }) => name.endsWith(".answer"))
      .map(({ name, text }) => ({
        name,
        answer: text,
        offer: byName.get(name.replace(/\.answer$/, ".offer")),
      }));
    const errors = pairs.flatMap(({ name, answer: given, offer: wanted }) =>
      wanted === undefined
        ? []
        : checkAnswer(wanted, given)
            .filter(({ severity }) => severity === "error")
            .map(({ code, position }) => [name, code, position?.line]),
    );
    expect(errors).toEqual(realMisfits);
  });
});

/** Answers that really do not fit. */
const realMisfits: readonly (readonly [fixture: string, code: string, line: number])[] = [];
