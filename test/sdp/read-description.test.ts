import { describe, expect, it } from "vitest";
import type { MediaDescription } from "../../lib/sdp/description.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { spanOf } from "../../lib/sdp/span-of.ts";
import { sdpFixture, sdpFixtures } from "../support/sdp-fixtures.ts";

const session =
  "v=0\r\no=- 18446462598732840960 18446744073709551615 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

function read(lines: string, before = ""): MediaDescription {
  const [media] = readDescription(`${session}${before}${lines.replaceAll("\n", "\r\n")}\r\n`).media;
  if (!media) throw new Error("no media section");
  return media;
}

describe("readDescription, the session part", () => {
  it("keeps the 64-bit numbers of the origin as text", () => {
    const { origin } = readDescription(session);
    expect(origin).toMatchObject({
      username: "-",
      sessionId: "18446462598732840960",
      sessionVersion: "18446744073709551615",
      netType: "IN",
      addressType: "IP4",
      address: "127.0.0.1",
    });
    expect(origin?.line.type).toBe("o");
  });

  it("reads name, groups, ICE options and flags", () => {
    const description = readDescription(
      `${session}c=IN IP4 192.0.2.1\r\na=group:LS 0 1\r\na=group:BUNDLE 0 1 x-2\r\na=ice-lite\r\na=ice-options:trickle ice2\r\na=extmap-allow-mixed\r\n`,
    );
    expect(description).toMatchObject({
      name: "-",
      connection: { netType: "IN", addressType: "IP4", address: "192.0.2.1" },
      groups: [
        { semantics: "LS", mids: ["0", "1"] },
        { semantics: "BUNDLE", mids: ["0", "1", "x-2"] },
      ],
      bundle: { semantics: "BUNDLE" },
      iceLite: true,
      iceOptions: ["trickle", "ice2"],
      extmapAllowMixed: true,
      media: [],
    });
  });

  it("reads a text that is no SDP as an empty description", () => {
    expect(readDescription("hello")).toMatchObject({ media: [], groups: [], iceLite: false });
    expect(readDescription("")).not.toHaveProperty("origin");
  });
});

describe("readDescription, session-level defaults", () => {
  const before = [
    "a=sendonly",
    "a=ice-ufrag:sess",
    "a=ice-pwd:sessionpasswordsessionpass",
    "a=ice-options:trickle",
    "a=fingerprint:sha-1 AA",
    "a=fingerprint:sha-256 BB",
    "a=setup:actpass",
    "a=tls-id:abcdefghijklmnopqrst",
    "a=extmap:3 urn:session",
    "",
  ].join("\r\n");

  it("are what a media section has that says nothing itself", () => {
    const media = read("m=audio 9 UDP/TLS/RTP/SAVPF 0", `c=IN IP6 ::1\r\n${before}`);
    expect(media).toMatchObject({
      direction: "sendonly",
      connection: { addressType: "IP6", address: "::1" },
      ice: { ufrag: "sess", pwd: "sessionpasswordsessionpass", options: ["trickle"] },
      dtls: { setup: "actpass", tlsId: "abcdefghijklmnopqrst" },
    });
    expect(media.dtls.fingerprints.map(({ value }) => value)).toEqual(["AA", "BB"]);
    expect(media.extensions.map(({ uri }) => uri)).toEqual(["urn:session"]);
    expect(media.ice.ufragLine?.source).toBe("a=ice-ufrag:sess");
  });

  it("give way to what the section says, fingerprints and extensions as a whole", () => {
    const media = read(
      "m=audio 9 UDP/TLS/RTP/SAVPF 0\nc=IN IP4 0.0.0.0\na=inactive\na=ice-ufrag:medi\na=ice-pwd:mediapasswordmediapasswo\na=fingerprint:sha-384 CC\na=setup:active\na=extmap:1/recvonly urn:media a b",
      before,
    );
    expect(media).toMatchObject({
      direction: "inactive",
      connection: { address: "0.0.0.0" },
      ice: { ufrag: "medi", options: ["trickle"] },
      dtls: { setup: "active" },
      extensions: [{ id: 1, direction: "recvonly", uri: "urn:media", attributes: "a b" }],
    });
    expect(media.dtls.fingerprints).toMatchObject([{ algorithm: "sha-384", value: "CC" }]);
  });

  it("end at sendrecv", () => {
    expect(read("m=audio 9 RTP/AVP 0").direction).toBe("sendrecv");
  });
});

describe("readDescription, the m= line", () => {
  it.each([
    [
      "m=audio 49170/2 RTP/AVP 0 8",
      {
        kind: "audio",
        port: 49170,
        portCount: 2,
        protocol: "RTP/AVP",
        formats: ["0", "8"],
        isRtp: true,
      },
    ],
    [
      "m=image 9 udptl t38",
      { kind: "image", protocol: "udptl", formats: ["t38"], isRtp: false, codecs: [] },
    ],
    ["m=video 0 UDP/TLS/RTP/SAVPF 96", { port: 0, isRejected: true, isBundleOnly: false }],
    [
      "m=video 0 UDP/TLS/RTP/SAVPF 96\na=bundle-only",
      { port: 0, isRejected: false, isBundleOnly: true },
    ],
    ["m=audio 9", { kind: "audio", port: 9, portCount: 1, protocol: "", formats: [""] }],
    ["m=audio nine RTP/AVP 0", { kind: "audio", port: 0, formats: ["0"] }],
  ])("%s", (lines, expected) => {
    expect(read(lines)).toMatchObject(expected);
  });
});

describe("readDescription, codecs", () => {
  it("knows the static payload types without rtpmap and leaves out dynamic ones", () => {
    const { codecs } = read("m=audio 9 RTP/AVP 0 9 10 13 96 127");
    expect(codecs.map(({ name, clockRate, channels }) => [name, clockRate, channels])).toEqual([
      ["PCMU", 8000, undefined],
      ["G722", 8000, undefined],
      ["L16", 44100, 2],
      ["CN", 8000, undefined],
    ]);
    expect(codecs[0]).not.toHaveProperty("rtpmapLine");
  });

  it("joins rtpmap, fmtp and feedback to the formats of the m= line, in its order", () => {
    const { codecs } = read(
      "m=video 9 UDP/TLS/RTP/SAVPF 97 96\na=fmtp:97 apt=96\na=rtpmap:96 VP8/90000\na=rtcp-fb:* ccm fir\na=rtcp-fb:96 nack\na=rtcp-fb:96 nack pli\na=rtpmap:97 rtx/90000\na=rtpmap:98 H264/90000",
    );
    expect(codecs).toMatchObject([
      { name: "rtx", payloadType: 97, format: "97", fmtp: "apt=96", feedback: ["ccm fir"] },
      { name: "VP8", payloadType: 96, clockRate: 90000, feedback: ["nack", "nack pli", "ccm fir"] },
    ]);
    expect(codecs[0]?.fmtpLines.map(({ source }) => source)).toEqual(["a=fmtp:97 apt=96"]);
    expect(codecs[1]?.feedbackLines).toHaveLength(2);
    expect(codecs[1]?.rtpmapLine?.source).toBe("a=rtpmap:96 VP8/90000");
    expect(codecs[1]).not.toHaveProperty("fmtp");
  });

  it("gives channels to audio only, and every fmtp line of a format", () => {
    const audio = read(
      "m=audio 9 RTP/AVP 111\na=rtpmap:111 opus/48000/2\na=fmtp:111 a=1\na=fmtp:111 b=2",
    );
    expect(audio.codecs[0]).toMatchObject({ channels: 2, fmtp: "a=1;b=2" });
    expect(audio.codecs[0]?.fmtpLines).toHaveLength(2);
    expect(read("m=video 9 RTP/AVP 96\na=rtpmap:96 VP8/90000/1").codecs[0]).not.toHaveProperty(
      "channels",
    );
  });

  it("matches formats as text and takes each once", () => {
    const { codecs } = read("m=audio 9 RTP/AVP 096 96 96 300 x\na=rtpmap:96 opus/48000/2");
    expect(codecs.map(({ format }) => format)).toEqual(["96"]);
  });
});

describe("readDescription, the other parts of a section", () => {
  it.each([
    [
      "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=sctp-port:5000\na=max-message-size:262144",
      { port: 5000, maxMessageSize: 262144, isLegacySyntax: false },
    ],
    [
      "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
      { maxMessageSize: 65536, isLegacySyntax: false },
    ],
    [
      "m=application 9 DTLS/SCTP 5001\na=sctpmap:5001 webrtc-datachannel 1024",
      { port: 5001, maxMessageSize: 65536, isLegacySyntax: true },
    ],
    ["m=application 9 DTLS/SCTP 5002", { port: 5002, isLegacySyntax: true }],
  ])("reads SCTP of both syntaxes: %s", (lines, expected) => {
    expect(read(lines).sctp).toMatchObject(expected);
  });

  it("reads rids and simulcast with alternatives and pauses", () => {
    const media = read(
      "m=video 9 UDP/TLS/RTP/SAVPF 96\na=rid:hi send pt=96,97;max-width=1280;foo\na=rid:lo send\na=simulcast:send hi;mid,~lo recv ~1",
    );
    expect(media.rids).toMatchObject([
      {
        id: "hi",
        direction: "send",
        payloadTypes: ["96", "97"],
        restrictions: [{ name: "max-width", value: "1280" }, { name: "foo" }],
      },
      { id: "lo", direction: "send", payloadTypes: [], restrictions: [] },
    ]);
    expect(media.simulcast).toMatchObject({
      send: [
        [{ rid: "hi", isPaused: false }],
        [
          { rid: "mid", isPaused: false },
          { rid: "lo", isPaused: true },
        ],
      ],
      recv: [[{ rid: "1", isPaused: true }]],
    });
    expect(read("m=video 9 RTP/AVP 96\na=simulcast: send rid=a;b").simulcast?.send).toEqual([
      [{ rid: "a", isPaused: false }],
      [{ rid: "b", isPaused: false }],
    ]);
  });

  it("reads sources, groups, msids, bandwidths and candidates", () => {
    const media = read(
      [
        "m=video 9 UDP/TLS/RTP/SAVPF 96",
        "b=AS:500",
        "b=TIAS:459000",
        "a=mid:v",
        "a=msid:stream track",
        "a=msid:- track",
        "a=ssrc:4294967295 cname:a:b",
        "a=ssrc:4294967295 msid:stream track",
        "a=ssrc:7 fmtp:96 x",
        "a=ssrc:4294967296 cname:too-big",
        "a=ssrc-group:FID 4294967295 7",
        "a=candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host",
        "a=candidate:broken",
        "a=end-of-candidates",
        "a=rtcp-mux",
        "a=rtcp-mux-only",
        "a=rtcp-rsize",
        "a=extmap-allow-mixed",
      ].join("\n"),
    );
    expect(media).toMatchObject({
      mid: "v",
      bandwidths: [
        { type: "AS", value: 500 },
        { type: "TIAS", value: 459000 },
      ],
      msids: [
        { stream: "stream", track: "track" },
        { stream: "-", track: "track" },
      ],
      sources: [
        {
          ssrc: 4294967295,
          attributes: [
            { name: "cname", value: "a:b" },
            { name: "msid", value: "stream track" },
          ],
        },
        { ssrc: 7, attributes: [{ name: "fmtp", value: "96 x" }] },
      ],
      sourceGroups: [{ semantics: "FID", ssrcs: [4294967295, 7] }],
      candidates: [{ candidate: { address: "192.0.2.1", port: 54400, type: "host" } }],
      hasEndOfCandidates: true,
      hasRtcpMux: true,
      hasRtcpMuxOnly: true,
      hasRtcpRsize: true,
      hasExtmapAllowMixed: true,
    });
  });

  it("reads a value that is missing with its colon as none", () => {
    const attributes = "mid simulcast rid ssrc ssrc-group extmap rtpmap setup candidate sctp-port";
    const lines = attributes.split(" ").map((name) => `a=${name}`);
    const media = read(["m=video 9 RTP/AVP 96", ...lines].join("\n"));
    expect(media).toMatchObject({ rids: [], sources: [], sourceGroups: [], extensions: [] });
    expect(media).not.toHaveProperty("mid");
    expect(media).not.toHaveProperty("simulcast");
    expect(media.dtls).not.toHaveProperty("setup");
  });

  it("takes a flag only by its whole name", () => {
    const media = read("m=audio 9 RTP/AVP 0\na=sendonlyfoo\na=rtcp-mux-only\na=inactive-not");
    expect(media).toMatchObject({ direction: "sendrecv", hasRtcpMux: false, hasRtcpMuxOnly: true });
  });
});

describe("readDescription, recorded descriptions", () => {
  it.each(sdpFixtures)(
    "$name: every section has what it needs, and every line its place",
    ({ text }) => {
      const description = readDescription(text);
      expect(description.origin).toBeDefined();
      expect(description.media.length).toBeGreaterThan(0);
      for (const media of description.media) {
        expect(media.mid).toBeDefined();
        if (media.isRejected) continue;
        expect(media.ice.ufrag).toBeDefined();
        expect(media.dtls.fingerprints.length).toBeGreaterThan(0);
        expect(media.isRtp ? media.codecs.length : media.sctp?.port).toBeGreaterThan(0);
        const { start, end } = spanOf(description.document, media.line);
        expect(text.slice(start, end)).toBe(media.line.source);
      }
    },
  );

  it("chromium: camera, microphone and data", () => {
    const { media, bundle } = readDescription(sdpFixture("chromium-156.0.8078.79/avd.offer"));
    expect(media.map(({ kind }) => kind)).toEqual(["audio", "video", "application"]);
    expect(bundle?.mids).toEqual(["0", "1", "2"]);
    expect(media[0]?.codecs[0]).toMatchObject({ name: "opus", clockRate: 48000, channels: 2 });
    expect(media[2]?.sctp).toMatchObject({ port: 5000, maxMessageSize: 262144 });
  });
});

describe("readDescription, the codecs of sections with the same lines", () => {
  const head = "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\n";
  const codecs =
    "a=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack\r\na=rtcp-fb:96 nack pli\r\na=fmtp:96 max-fs=1200\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n";
  const codecsOf = (...media: string[]) =>
    readDescription(session + media.join("")).media.map((section) => section.codecs);

  it("gives each section its own lines", () => {
    const { document, media } = readDescription(
      `${session}${head}a=mid:0\r\n${codecs}${head}${codecs}a=mid:1\r\n`,
    );
    const [first, second] = media;
    if (!first || !second) throw new Error("two sections");
    const starts = document.toString().indexOf("a=rtpmap:96", spanOf(document, second.line).start);
    expect(second.codecs).toEqual(first.codecs);
    const [line] = second.codecs.map(({ rtpmapLine }) => rtpmapLine);
    expect(line && spanOf(document, line).start).toBe(starts);
    for (const { rtpmapLine, fmtpLines, feedbackLines } of second.codecs) {
      for (const each of [rtpmapLine, ...fmtpLines, ...feedbackLines]) {
        expect(second.section.lines).toContain(each);
      }
    }
  });

  it("reads a section again that has one codec line more, elsewhere", () => {
    const [first, second] = codecsOf(
      head + codecs,
      `${head}${codecs}a=mid:1\r\na=fmtp:97 rtx-time=3000\r\n`,
    );
    expect(first?.[1]?.fmtp).toBe("apt=96");
    expect(second?.[1]?.fmtp).toBe("apt=96;rtx-time=3000");
  });

  it("reads a section with a codec line of another text or length", () => {
    const other = codecs.replace("max-fs=1200", "max-fs=3600");
    const longer = codecs.replace("apt=96\r\n", "apt=96;rtx-time=1\r\n");
    const found = codecsOf(head + codecs, head + other, head + longer);
    expect(found.map((list) => list.map(({ fmtp }) => fmtp))).toEqual([
      ["max-fs=1200", "apt=96"],
      ["max-fs=3600", "apt=96"],
      ["max-fs=1200", "apt=96;rtx-time=1"],
    ]);
  });

  it("does not take lines for the same that end elsewhere", () => {
    const joined = codecs.replace(
      "90000\r\na=rtcp-fb:96 nack\r\n",
      "90000\ra=rtcp-fb:96 nack\r\n\n",
    );
    const [first, second] = codecsOf(head + codecs, head + joined);
    expect(second?.[0]?.feedback).toEqual(first?.[0]?.feedback);
  });

  it("reads sections under one m= line alike, each as if it stood alone", () => {
    const parts = [codecs, `a=mid:0\r\n${codecs}`, `${codecs}a=rtcp-fb:* ccm fir\r\n`, codecs, ""];
    const alone = parts.flatMap((part) => codecsOf(head + part));
    expect(codecsOf(...parts.map((part) => head + part))).toEqual(alone);
  });
});

describe("readDescription, the formats that codec lines name", () => {
  const codecsOf = (lines: string) => read(lines).codecs;

  it("counts a format once that stands twice, and takes 8 and 08 for two", () => {
    const codecs = codecsOf(
      "m=audio 9 RTP/AVP 96 08 8 96\na=rtpmap:08 X/8000\na=rtpmap:96 Y/8000\na=fmtp:96 a=1",
    );
    expect(codecs.map(({ format, name, fmtp }) => [format, name, fmtp])).toEqual([
      ["96", "Y", "a=1"],
      ["08", "X", undefined],
      ["8", "PCMA", undefined],
    ]);
  });

  it("keeps the order of feedback lines that stand apart, the wildcard ones behind", () => {
    const [first, second] = codecsOf(
      "m=video 9 RTP/AVPF 96 97\na=rtpmap:96 A/90000\na=rtpmap:97 B/90000\na=rtcp-fb:96 nack\na=rtcp-fb:97 nack\na=rtcp-fb:* ccm fir\na=rtcp-fb:96 nack pli \na=rtcp-fb:97 x\na=rtcp-fb:96 y",
    );
    expect(first?.feedback).toEqual(["nack", "nack pli", "y", "ccm fir"]);
    expect(first?.feedbackLines.map(({ value }) => value)).toEqual([
      "rtcp-fb:96 nack",
      "rtcp-fb:96 nack pli ",
      "rtcp-fb:96 y",
    ]);
    expect(second?.feedback).toEqual(["nack", "x", "ccm fir"]);
  });
});
