import { describe, expect, it } from "vitest";
import { findMunging } from "../../lib/offer-answer/munging.ts";
import { mungingKinds } from "../../lib/offer-answer/munging-kinds.ts";
import { readFixture } from "../support/capability-fixture.ts";

const created = readFixture("chromium").offers["sendrecv"] ?? "";

const kindsOf = (applied: string) => findMunging(created, applied).map(({ kind }) => kind);

describe("findMunging", () => {
  it.each<[string, (sdp: string) => string, readonly string[]]>([
    ["nothing", (sdp) => sdp, []],
    ["line ends only", (sdp) => sdp.replaceAll("\r\n", "\n"), []],
    ["a section less", (sdp) => sdp.slice(0, sdp.indexOf("m=application")), ["number-of-contents"]],
    [
      "a codec less",
      (sdp) => sdp.replace(/^(m=audio.*) 0 8/m, "$1 8").replace(/^a=rtpmap:0 .*\r\n/m, ""),
      ["audio-codecs-removed"],
    ],
    [
      "a codec more",
      (sdp) =>
        sdp
          .replace(/^(m=audio.*)$/m, "$1 99")
          .replace(/^a=rtpmap:111/m, "a=rtpmap:99 FOO/8000\r\na=rtpmap:111"),
      ["audio-codecs-added"],
    ],
    [
      "L16",
      (sdp) =>
        sdp
          .replace(/^(m=audio.*)$/m, "$1 99")
          .replace(/^a=rtpmap:111/m, "a=rtpmap:99 L16/48000/2\r\na=rtpmap:111"),
      ["audio-codecs-added-l16"],
    ],
    [
      "multiopus",
      (sdp) =>
        sdp
          .replace(/^(m=audio.*)$/m, "$1 99")
          .replace(/^a=rtpmap:111/m, "a=rtpmap:99 multiopus/48000/6\r\na=rtpmap:111"),
      ["audio-codecs-added-multiopus"],
    ],
    ["another order", (sdp) => sdp.replace("111 63 9 0", "9 111 63 0"), ["audio-codecs-reordered"]],
    ["other payload types", (sdp) => sdp.replace(/\b111\b/g, "112"), ["payload-types"]],
    [
      "opus stereo",
      (sdp) => sdp.replace("useinbandfec=1", "useinbandfec=1;stereo=1"),
      ["audio-codecs-fmtp-opus-stereo"],
    ],
    [
      "opus announcing stereo",
      (sdp) => sdp.replace("useinbandfec=1", "useinbandfec=1;sprop-stereo=1"),
      ["audio-codecs-fmtp"],
    ],
    [
      "opus without FEC",
      (sdp) => sdp.replace("useinbandfec=1", "useinbandfec=0"),
      ["audio-codecs-fmtp-opus-fec"],
    ],
    [
      "opus DTX and CBR",
      (sdp) => sdp.replace("useinbandfec=1", "useinbandfec=1;usedtx=1;cbr=1"),
      ["audio-codecs-fmtp-opus-dtx", "audio-codecs-fmtp-opus-cbr"],
    ],
    [
      "opus bit rate",
      (sdp) => sdp.replace("useinbandfec=1", "useinbandfec=1;maxaveragebitrate=20000"),
      ["audio-codecs-fmtp"],
    ],
    [
      "audio NACK",
      (sdp) =>
        sdp.replace(
          "a=rtcp-fb:111 transport-cc",
          "a=rtcp-fb:111 transport-cc\r\na=rtcp-fb:111 nack",
        ),
      ["audio-codecs-rtcp-fb-audio-nack"],
    ],
    [
      "audio RRTR",
      (sdp) =>
        sdp.replace(
          "a=rtcp-fb:111 transport-cc",
          "a=rtcp-fb:111 transport-cc\r\na=rtcp-fb:111 rrtr",
        ),
      ["audio-codecs-rtcp-fb-rrtr"],
    ],
    [
      "video feedback",
      (sdp) => sdp.replace("a=rtcp-fb:96 goog-remb\r\n", ""),
      ["video-codecs-rtcp-fb"],
    ],
    [
      "video parameters",
      (sdp) =>
        sdp.replace("a=fmtp:98 profile-id=0", "a=fmtp:98 profile-id=0;x-google-start-bitrate=1"),
      ["video-codecs-fmtp"],
    ],
    [
      "H.264 parameter sets",
      (sdp) => sdp.replace(/^(a=fmtp:108 .*)$/m, "$1;sps-pps-idr-in-keyframe=1"),
      ["video-codecs-fmtp-h264-sps-pps-idr-in-keyframe"],
    ],
    [
      "raw packetization",
      (sdp) => sdp.replace("a=rtpmap:96", "a=packetization:96 raw\r\na=rtpmap:96"),
      ["video-codecs-modified-with-raw-packetization"],
    ],
    [
      "legacy simulcast",
      (sdp) => sdp.replace("a=ssrc-group:FID", "a=ssrc-group:SIM 1 2\r\na=ssrc-group:FID"),
      ["video-codecs-legacy-simulcast"],
    ],
    ["another SSRC", (sdp) => sdp.replace(/^a=ssrc:\d+/m, "a=ssrc:1234"), ["ssrcs"]],
    ["another direction", (sdp) => sdp.replace("a=sendrecv", "a=recvonly"), ["direction"]],
    [
      "an extension less",
      (sdp) => sdp.replace(/^a=extmap:1 .*\r\n/m, ""),
      ["rtp-header-extension-removed"],
    ],
    [
      "an extension more",
      (sdp) => sdp.replace("a=extmap:1 ", "a=extmap:12 urn:x\r\na=extmap:1 "),
      ["rtp-header-extension-added"],
    ],
    [
      "another extension id",
      (sdp) => sdp.replace("a=extmap:1 ", "a=extmap:12 "),
      ["rtp-header-extension-modified"],
    ],
    ["another ufrag", (sdp) => sdp.replace(/a=ice-ufrag:.*/, "a=ice-ufrag:mine"), ["ice-ufrag"]],
    [
      "another pwd",
      (sdp) => sdp.replace(/a=ice-pwd:.*/, "a=ice-pwd:0123456789012345678901"),
      ["ice-pwd"],
    ],
    [
      "renomination",
      (sdp) => sdp.replace("a=ice-options:trickle", "a=ice-options:trickle renomination"),
      ["ice-options-renomination"],
    ],
    ["no ICE options", (sdp) => sdp.replace("a=ice-options:trickle\r\n", ""), ["ice-options"]],
    ["ICE lite", (sdp) => sdp.replace("a=group", "a=ice-lite\r\na=group"), ["ice-mode"]],
    ["another role", (sdp) => sdp.replace("a=setup:actpass", "a=setup:active"), ["dtls-setup"]],
    ["another mid", (sdp) => sdp.replace("a=mid:0", "a=mid:x"), ["mid"]],
    [
      "a bandwidth",
      (sdp) => sdp.replace("c=IN IP4 0.0.0.0", "c=IN IP4 0.0.0.0\r\nb=AS:500"),
      ["unknown-modification"],
    ],
    [
      "two things in two sections",
      (sdp) =>
        sdp
          .replace("useinbandfec=1", "useinbandfec=1;stereo=1")
          .replace(/^(m=video.*) 96 97/m, "$1 97 96"),
      ["audio-codecs-fmtp-opus-stereo", "video-codecs-reordered"],
    ],
  ])("sees %s", (_, change, expected) => {
    const applied = change(created);
    expect(kindsOf(applied)).toEqual(expected);
  });

  it("says what was changed, where, and what to do instead", () => {
    const [found] = findMunging(created, created.replace("111 63 9 0", "111 63 0 9"));
    expect(found).toMatchObject({
      kind: "audio-codecs-reordered",
      number: 62,
      index: 0,
      mid: "0",
      isAllowed: false,
      refusedBy: [],
      rfc: { document: "RFC 9429", section: "5.4" },
    });
    expect(found?.message.en).toContain("PCMU/8000 (0), G722/8000 (9)");
    expect(found?.instead.en).toBe("Call setCodecPreferences on the transceiver.");
  });

  it("allows what reduces an offer on its way, and nothing else", () => {
    const stereo = created.replace("useinbandfec=1", "useinbandfec=1;stereo=1");
    const ufrag = created.replace(/a=ice-ufrag:.*/, "a=ice-ufrag:mine");
    const allowed = (
      applied: string,
      before: "setLocalDescription" | "send" | "setRemoteDescription",
    ) => findMunging(created, applied, { before }).map(({ isAllowed }) => isAllowed);
    expect(allowed(stereo, "setLocalDescription")).toEqual([false]);
    expect(allowed(stereo, "send")).toEqual([true]);
    expect(allowed(stereo, "setRemoteDescription")).toEqual([true]);
    expect(allowed(ufrag, "send")).toEqual([false]);
  });

  it("knows an API for the lines that libwebrtc does not count", () => {
    const applied = created.replace("c=IN IP4 0.0.0.0", "c=IN IP4 0.0.0.0\r\nb=AS:500");
    expect(findMunging(created, applied)[0]?.instead.en).toContain("maxBitrate");
  });

  it("uses each of libwebrtc's numbers once", () => {
    const numbers = Object.values(mungingKinds).map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
