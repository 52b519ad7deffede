import { describe, expect, it } from "vitest";
import { browserCapabilities } from "../../lib/offer-answer/browser-capabilities.ts";
import type { Capabilities } from "../../lib/offer-answer/capabilities.ts";
import { negotiate } from "../../lib/offer-answer/negotiate.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { capabilitiesOf } from "../lab/capability-modules.ts";
import { answerDisagreements } from "../support/answer-agreement.ts";
import { readFixture, readProbes } from "../support/capability-fixture.ts";
import { offer, withCRLF } from "./offer.ts";

/** An endpoint without habits of its own: what the RFCs say and nothing else. */
const plain: Capabilities = {
  product: "plain",
  version: "1",
  policy: "rfc",
  audio: {
    codecs: [
      { payloadType: 100, name: "opus", clockRate: 48000, channels: 2, feedback: ["transport-cc"] },
      { payloadType: 0, name: "PCMU", clockRate: 8000 },
    ],
    extensions: [],
    reducedSizeRtcp: true,
  },
  video: {
    codecs: [
      {
        payloadType: 100,
        name: "H264",
        clockRate: 90000,
        fmtp: "packetization-mode=1;profile-level-id=42e034",
      },
      { payloadType: 101, name: "rtx", clockRate: 90000, fmtp: "apt=100" },
      { payloadType: 96, name: "VP8", clockRate: 90000, feedback: ["nack pli", "nack"] },
      { payloadType: 102, name: "AV1", clockRate: 90000, use: "recvonly" },
    ],
    extensions: [
      { uri: "urn:ietf:params:rtp-hdrext:sdes:mid" },
      { uri: "urn:receive-only", direction: "recvonly" },
    ],
    reducedSizeRtcp: true,
    receivesSimulcast: true,
  },
  data: { sctpPort: 5000, maxMessageSize: 100000 },
  iceOptions: ["trickle"],
  habits: {
    extensionOrder: "offer",
    extensionDirection: "negotiated",
    formatOrder: "offer",
    repeatedFormat: "first",
    repeatedExtension: "first",
    bundleOrder: "group",
  },
};

const section = (text: string, mid: string, setup = "actpass") => `m=${text}
c=IN IP4 0.0.0.0
a=ice-ufrag:abcd
a=ice-pwd:abcdabcdabcdabcdabcdab
a=fingerprint:sha-256 ${Array<string>(32).fill("AA").join(":")}
a=setup:${setup}
a=mid:${mid}`;

const session = (bundle: string) => `v=0
o=- 1 1 IN IP4 0.0.0.0
s=-
t=0 0
a=group:BUNDLE ${bundle}`;

const video = (lines: string, setup?: string) =>
  withCRLF(`${session("0")}
${section("video 9 UDP/TLS/RTP/SAVPF 96 97 98", "0", setup)}
${lines}`);

const answerTo = (text: string, options = {}) =>
  readDescription(negotiate(text, plain, options).answer).media;

describe("negotiate by the RFCs", () => {
  it("answers under the offer's payload types, in the offer's order, with the references following", () => {
    const [media] = answerTo(
      video(`a=rtpmap:96 VP8/90000
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=98
a=rtpmap:98 H264/90000
a=fmtp:98 packetization-mode=1;profile-level-id=42e01f`),
    );
    expect(media?.formats).toEqual(["96", "97", "98"]);
    expect(media?.codecs.map(({ name, fmtp }) => [name, fmtp])).toEqual([
      ["VP8", undefined],
      ["rtx", "apt=98"],
      ["H264", "packetization-mode=1;profile-level-id=42e01f"],
    ]);
  });

  it("answers the feedback that both sides have", () => {
    const [media] = answerTo(
      video("a=rtpmap:96 VP8/90000\na=rtcp-fb:96 nack\na=rtcp-fb:96 ccm fir\na=rtcp-fb:* nack pli"),
    );
    expect(media?.codecs[0]?.feedback).toEqual(["nack pli", "nack"]);
  });

  it.each([
    ["sendrecv", "sendrecv", "sendrecv"],
    ["sendrecv", "recvonly", "recvonly"],
    ["sendonly", "sendrecv", "recvonly"],
    ["recvonly", "sendrecv", "sendonly"],
    ["recvonly", "recvonly", "inactive"],
    ["inactive", "sendrecv", "inactive"],
  ] as const)("answers %s, wanting %s, with %s", (offered, direction, expected) => {
    const [media] = answerTo(video(`a=rtpmap:96 VP8/90000\na=${offered}`), { direction });
    expect(media?.direction).toBe(expected);
  });

  it.each([
    ["actpass", undefined, "active"],
    ["actpass", "passive", "passive"],
    ["active", undefined, "passive"],
    ["passive", "passive", "active"],
  ])("answers setup %s, preferring %s, with %s", (offered, setup, expected) => {
    const [media] = answerTo(video("a=rtpmap:96 VP8/90000", offered), setup ? { setup } : {});
    expect(media?.dtls.setup).toBe(expected);
  });

  it("counts a codec that can only be received where it would be received", () => {
    const text = (direction: string) =>
      video(`a=rtpmap:96 VP8/90000\na=rtpmap:97 AV1/90000\na=${direction}`);
    expect(answerTo(text("sendonly"))[0]?.formats).toEqual(["96", "97"]);
    expect(answerTo(text("recvonly"))[0]?.formats).toEqual(["96"]);
    expect(answerTo(text("sendrecv"), { direction: "sendrecv" })[0]?.formats).toEqual(["96"]);
  });

  it("rejects what it cannot take, keeps the place, and leaves the group", () => {
    const text = withCRLF(`${session("a b c d e")}
${section("audio 9 UDP/TLS/RTP/SAVPF 111", "a")}
a=rtpmap:111 opus/48000/2
${section("video 9 UDP/TLS/RTP/SAVPF 97", "b")}
a=rtpmap:97 VP9/90000
${section("text 9 UDP/TLS/RTP/SAVPF 98", "c")}
a=rtpmap:98 t140/1000
${section("application 9 UDP/DTLS/SCTP webrtc-datachannel", "d")}
${section("application 9 UDP/DTLS/SCTP webrtc-datachannel", "e")}
a=sctp-port:5001`);
    const { answer, decisions, diagnostics } = negotiate(text, plain);
    const description = readDescription(answer);
    expect(description.media.map(({ kind, mid, port }) => `${kind} ${mid} ${port}`)).toEqual([
      "audio a 9",
      "video b 0",
      "text c 0",
      "application d 0",
      "application e 9",
    ]);
    expect(description.media[1]?.formats).toEqual(["97"]);
    expect(description.bundle?.mids).toEqual(["a", "e"]);
    expect(decisions.map(({ reason }) => reason.en)).toEqual([
      "1 of 1 offered formats are supported.",
      "None of the offered codecs is supported: VP9.",
      "m=text over UDP/TLS/RTP/SAVPF is not supported.",
      "The data section has no a=sctp-port.",
      "Data channels are supported.",
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual([
      "negotiation/example-credentials",
      "negotiation/section-rejected",
      "negotiation/section-rejected",
      "negotiation/section-rejected",
    ]);
  });

  it("answers a section offered with port 0 with port 0, and a recycled slot like a new one", () => {
    const text = withCRLF(`${session("1 new")}
${section("audio 0 UDP/TLS/RTP/SAVPF 0", "0")}
${section("audio 9 UDP/TLS/RTP/SAVPF 0", "1")}
${section("video 9 UDP/TLS/RTP/SAVPF 96", "new")}
a=rtpmap:96 VP8/90000`);
    expect(answerTo(text).map(({ port, mid }) => [port, mid])).toEqual([
      [0, "0"],
      [9, "1"],
      [9, "new"],
    ]);
  });

  it("negotiates the direction of header extensions and keeps their ids", () => {
    const [media] = answerTo(
      video(`a=rtpmap:96 VP8/90000
a=extmap:9/sendonly urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:4/recvonly urn:receive-only
a=extmap:5 urn:unknown`),
    );
    expect(media?.extensions.map(({ id, direction }) => [id, direction])).toEqual([
      [9, "recvonly"],
    ]);
  });

  it("receives the simulcast that is offered, with the rids whose formats it answered", () => {
    const [media] = answerTo(
      video(`a=rtpmap:96 VP8/90000
a=rtpmap:97 VP9/90000
a=rid:hi send pt=96,97;max-width=1280
a=rid:lo send pt=97
a=rid:mid send
a=simulcast:send hi;~mid,lo;gone`),
    );
    expect(media?.rids.map(({ line }) => line.source)).toEqual([
      "a=rid:hi recv pt=96;max-width=1280",
      "a=rid:mid recv",
    ]);
    expect(media?.simulcast?.line.source).toBe("a=simulcast:recv hi;~mid");
  });

  it("gives each bundled section the role of the tagged one", () => {
    const text = withCRLF(`${session("0 1")}
${section("audio 9 UDP/TLS/RTP/SAVPF 0", "0", "active")}
${section("audio 9 UDP/TLS/RTP/SAVPF 0", "1", "actpass")}`);
    expect(answerTo(text).map(({ dtls }) => dtls.setup)).toEqual(["passive", "passive"]);
  });

  it("rejects a bundle-only section that no other section carries", () => {
    const text = withCRLF(`${session("0 1")}
${section("audio 9 UDP/TLS/RTP/SAVPF 9", "0")}
${section("video 0 UDP/TLS/RTP/SAVPF 96", "1")}
a=rtpmap:96 VP8/90000
a=bundle-only`);
    expect(answerTo(text).map(({ port }) => port)).toEqual([0, 0]);
    expect(answerTo(text.replace("SAVPF 9\r", "SAVPF 0\r")).map(({ port }) => port)).toEqual([
      9, 9,
    ]);
  });

  it("carries the credentials, fingerprints and numbers it is given", () => {
    const { answer, diagnostics } = negotiate(offer, plain, {
      ice: { ufrag: "mine", pwd: "0123456789012345678901" },
      fingerprints: ["sha-256 AB:CD"],
      origin: { sessionId: "77", sessionVersion: "3" },
      direction: ({ kind }) => (kind === "audio" ? "sendrecv" : "recvonly"),
      msid: () => "stream track",
    });
    const text = answer.toString();
    expect(text).toContain("o=- 77 3 IN IP4 0.0.0.0\r\n");
    expect(text.match(/^a=ice-ufrag:mine\r$/gm)).toHaveLength(3);
    expect(text.match(/^a=fingerprint:sha-256 AB:CD\r$/gm)).toHaveLength(3);
    expect(text.match(/^a=msid:stream track\r$/gm)).toHaveLength(1);
    expect(diagnostics).toEqual([]);
  });

  it("says why it refused a codec", () => {
    const { decisions } = negotiate(offer, plain);
    const refused = decisions[1]?.refusedCodecs.map(({ codec, reason }) => [codec.name, reason.en]);
    expect(refused).toEqual([
      ["rtx", "What rtx/90000 goes along with is not answered."],
      ["red", "red/90000 is not supported."],
      ["rtx", "What rtx/90000 goes along with is not answered."],
      ["ulpfec", "ulpfec/90000 is not supported."],
      ["flexfec-03", "flexfec-03/90000 is not supported."],
    ]);
  });

  it.each(["", "hello", "v=0", "m=audio", "m=video 9 UDP/TLS/RTP/SAVPF", "m= 0 x"])(
    "answers something to %j",
    (text) => {
      const sections = readDescription(text).media.length;
      expect(readDescription(negotiate(text, plain).answer).media).toHaveLength(sections);
    },
  );
});

describe.each(["chromium", "firefox"] as const)("negotiate as %s", (browser) => {
  const { answers, version } = readFixture(browser);

  it("has the capabilities that were recorded", () => {
    expect(browserCapabilities(browser)).toMatchObject(capabilitiesOf(browser));
    expect(browserCapabilities(browser).version).toBe(version);
  });

  it.each(Object.entries(readProbes()))("answers like the browser: %s", (name, probe) => {
    const real = answers[name];
    if (!real || !("sdp" in real)) throw new Error(`${browser} did not answer ${name}.`);
    const { answer } = negotiate(probe, browserCapabilities(browser));
    expect(answerDisagreements(answer, real.sdp)).toEqual([]);
    const facts = (sdp: string) =>
      readDescription(sdp).media.map(({ codecs, hasRtcpMux, hasRtcpRsize, ice, sctp }) => ({
        codecs: codecs.map(({ name, clockRate, fmtp, feedback }) => [
          name,
          clockRate,
          fmtp,
          feedback,
        ]),
        hasRtcpMux,
        hasRtcpRsize,
        iceOptions: ice.options,
        maxMessageSize: sctp?.maxMessageSize,
      }));
    expect(facts(answer.toString())).toEqual(facts(real.sdp));
  });
});

describe("browserCapabilities", () => {
  it("throws for a browser that was not recorded", () => {
    expect(() => browserCapabilities("safari" as "chromium")).toThrow(RangeError);
  });
});

describe("habits", () => {
  const withHabits = (text: string, habits: Partial<Capabilities["habits"]>) =>
    readDescription(negotiate(text, { ...plain, habits: { ...plain.habits, ...habits } }).answer);

  it("keeps FEC for RED alone, groups formats, and stops reading formats", () => {
    const capabilities = browserCapabilities("firefox");
    const formats = (text: string) =>
      readDescription(negotiate(text, capabilities).answer).media[0]?.formats;
    const lines = `a=rtpmap:98 ulpfec/90000
a=rtpmap:96 VP8/90000
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96`;
    expect(formats(video(lines))).toEqual(["96", "97"]);
    const many = Array.from({ length: 30 }, (_, at) => String(at + 10));
    expect(formats(video(lines).replace("96 97 98", `${many.join(" ")} 96`))).not.toContain("96");
    expect(
      formats(video(`${lines}\na=rtpmap:99 red/90000`).replace("96 97 98", "97 98 99 96")),
    ).toEqual(["96", "97", "98", "99"]);
  });

  it("orders the group by its own tags or by the sections, never with a bundle-only one first", () => {
    const text = (first: string) =>
      withCRLF(`${session("1 0 x 0")}
${section("audio 9 UDP/TLS/RTP/SAVPF 0", "0")}
${section("audio 0 UDP/TLS/RTP/SAVPF 0", "1")}${first}`);
    const offered = text("\na=bundle-only");
    expect(withHabits(offered, {}).bundle?.mids).toEqual(["0", "1"]);
    expect(withHabits(offered, { echoesBundleTags: true }).bundle?.mids).toEqual(["0", "1", "x"]);
    const plainOrder = text("").replace("audio 0 ", "audio 9 ");
    expect(withHabits(plainOrder, {}).bundle?.mids).toEqual(["1", "0"]);
    expect(withHabits(plainOrder, { bundleOrder: "sections" }).bundle?.mids).toEqual(["0", "1"]);
  });

  it("names sections without mid by the lowest free number, or not at all", () => {
    const text = withCRLF(`${session("1")}
m=audio 9 UDP/TLS/RTP/SAVPF 0
${section("audio 9 UDP/TLS/RTP/SAVPF 0", "1")}
m=audio 9 UDP/TLS/RTP/SAVPF 0`);
    const mids = (habits: Partial<Capabilities["habits"]>) =>
      withHabits(text, habits).media.map(({ mid }) => mid);
    expect(mids({})).toEqual([undefined, "1", undefined]);
    expect(mids({ namesSections: true })).toEqual(["0", "1", "2"]);
  });

  it("answers the first, the last or all of header extensions with one URI", () => {
    const mid = "urn:ietf:params:rtp-hdrext:sdes:mid";
    const text = video(`a=rtpmap:96 VP8/90000\na=extmap:3 ${mid}\na=extmap:5 ${mid}`);
    const ids = (repeatedExtension: "first" | "last" | "all") =>
      withHabits(text, { repeatedExtension }).media[0]?.extensions.map(({ id }) => id);
    expect([ids("first"), ids("last"), ids("all")]).toEqual([[3], [5], [3, 5]]);
  });
});
