import { describe, expect, test } from "vitest";
import type { PlayAddress } from "../../lib/handshake/server-first.ts";
import {
  announcedCodecs,
  printAnnouncement,
  printPlayPath,
  printServerAnswer,
  readAnnouncement,
  readPlayPath,
  readServerAnswer,
  withServerAddress,
} from "../../lib/handshake/server-first.ts";
import { fitOffer, fitPlayerOffer } from "../../lib/handshake/server-first-offer.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { sdpFixture } from "../support/sdp-fixtures.ts";

describe("a play address", () => {
  test.each<[string, PlayAddress]>([
    [
      "/webrtc_playnow/singleport/tcp/camera",
      { port: "singleport", transport: "tcp", alias: "camera" },
    ],
    [
      "/webrtc_playnow/randomport/udp/hall%201/sid:42",
      { port: "randomport", transport: "udp", alias: "hall 1", sessionId: "42" },
    ],
    [
      "/webrtc_playnow/singleport/udp/%ED%95%9C%EA%B8%80",
      { port: "singleport", transport: "udp", alias: "한글" },
    ],
    [
      "/webrtc_playnow/singleport/udp/sid%3A7",
      { port: "singleport", transport: "udp", alias: "sid:7" },
    ],
  ])("%s is read and printed", (path, address) => {
    expect(readPlayPath(path)).toEqual(address);
    expect(printPlayPath(address)).toBe(path);
  });

  test("may have an alias of several parts", () => {
    expect(readPlayPath("/webrtc_playnow/singleport/tcp/live/camera/sid:1")).toMatchObject({
      alias: "live/camera",
      sessionId: "1",
    });
  });

  test.each([
    "/",
    "/webrtc_playnow",
    "/webrtc_playnow/singleport/tcp",
    "/webrtc_playnow/singleport/tcp/",
    "/webrtc_playnow/singleport/tcp//camera",
    "/webrtc_playnow/singleport/sctp/camera",
    "/webrtc_playnow/anyport/tcp/camera",
    "/webrtc_playnow/singleport/tcp/%ff",
    "/webrtc_playnow/singleport/tcp/camera/sid:%ff",
    "/other/webrtc_playnow/singleport/tcp/camera",
  ])("is not %s", (path) => {
    expect(readPlayPath(path)).toBeUndefined();
  });
});

describe("an announcement", () => {
  test.each([
    ["H264|-|-|opus", { video: "H264", audio: "opus" }],
    ["VP8|-|-|", { video: "VP8" }],
    ["|-|-|PCMU", { audio: "PCMU" }],
  ])("%s is read and printed", (text, announcement) => {
    expect(readAnnouncement(text)).toEqual(announcement);
    expect(printAnnouncement(announcement)).toBe(text);
  });

  test("without the separator is the text of an error", () => {
    expect(readAnnouncement("Error: stream not found\r\n")).toEqual({
      error: "Error: stream not found",
    });
    expect(readAnnouncement("")).toEqual({ error: "The server sent an empty message." });
    expect(readAnnouncement("x".repeat(9000))).toEqual({ error: "x".repeat(500) });
  });

  test.each([
    "|-|-|",
    "VP8|-|-|opus|-|-|x",
    "V P8|-|-|",
    `${"x".repeat(33)}|-|-|`,
    "VP8/90000|-|-|",
  ])("%j says nothing that can be played", (text) => {
    expect(readAnnouncement(text)).toEqual({ error: expect.stringContaining("The server") });
  });

  test("names clock rates by kind and codec, and of H264 the baseline profiles", () => {
    expect(announcedCodecs({ video: "VP8", audio: "opus" })).toEqual({
      video: { name: "VP8", clockRate: 90_000 },
      audio: { name: "opus", clockRate: 48_000 },
    });
    expect(announcedCodecs({ video: "h264" })).toEqual({
      video: { name: "h264", clockRate: 90_000, fmtp: "profile-level-id=42" },
    });
    expect(announcedCodecs({ audio: "PCMU" })).toEqual({
      audio: { name: "PCMU", clockRate: 8000 },
    });
  });

  test("has no name that is none", () => {
    expect(() => printAnnouncement({ video: "a|-|-|b" })).toThrow(RangeError);
  });
});

describe("a server's answer", () => {
  const answer = { type: "answer", sdp: "v=0\r\n" } as const;
  const candidate = {
    candidate: "candidate:1 1 udp 2130706431 10.0.0.7 5119 typ host",
    sdpMLineIndex: 0,
  };

  test("is a description and a candidate", () => {
    const text = printServerAnswer({ answer, candidate });
    expect(text).toBe(`${JSON.stringify(answer)}|-|-|${JSON.stringify(candidate)}`);
    expect(readServerAnswer(text)).toEqual({ answer, candidate });
  });

  test("without the separator is the text of an error", () => {
    expect(readServerAnswer("Error: Initialization of peer connection failed")).toEqual({
      error: "Error: Initialization of peer connection failed",
    });
  });

  test.each([
    ["{}|-|-|{}", "answer"],
    ['{"type":"offer","sdp":"v=0"}|-|-|{"candidate":"x"}', "answer"],
    ['{"type":"answer","sdp":7}|-|-|{"candidate":"x"}', "answer"],
    ['{"type":"answer","sdp":"v=0"}|-|-|', "candidate"],
    ['{"type":"answer","sdp":"v=0"}|-|-|{"candidate":7}', "candidate"],
    ['{"type":"answer","sdp":"v=0"}|-|-|null', "candidate"],
  ])("%s lacks its %s", (text, lacking) => {
    expect(readServerAnswer(text)).toEqual({
      error: `The server's second message has no ${lacking}.`,
    });
  });

  test("of a candidate without a place belongs to the first section", () => {
    const text = `${JSON.stringify(answer)}|-|-|{"candidate":"c","sdpMLineIndex":-1,"more":1}`;
    expect(readServerAnswer(text)).toEqual({
      answer,
      candidate: { candidate: "c", sdpMLineIndex: 0 },
    });
  });

  test.each([
    ["198.51.100.9", "198.51.100.9"],
    ["10.0.0.7", "10.0.0.7"],
    ["127.0.0.1", "10.0.0.7"],
    ["media.example", "10.0.0.7"],
    ["[2001:db8::1]", "10.0.0.7"],
    ["2001:db8::1", "10.0.0.7"],
  ])("reached at %s names a candidate at %s", (host, address) => {
    expect(withServerAddress(candidate, host).candidate).toBe(
      `candidate:1 1 udp 2130706431 ${address} 5119 typ host`,
    );
  });
});

describe("a player's offer", () => {
  const offer = sdpFixture("chromium-156.0.8078.79/av.offer");

  test.each([
    [{ video: "H264", audio: "opus" }, ["H264/90000", "opus/48000/2"]],
    [{ video: "VP8", audio: "PCMU" }, ["VP8/90000", "PCMU/8000"]],
    [{ video: "VP9", audio: "G722" }, ["VP9/90000", "G722/8000"]],
  ])("for %j keeps exactly these", (announcement, expected) => {
    const fitted = fitPlayerOffer(offer, announcement);
    if ("error" in fitted) throw new Error(fitted.error.en);
    const { media } = readDescription(fitted.offer);
    expect(
      media
        .flatMap(({ codecs }) => codecs)
        .map(({ name, clockRate, channels }) =>
          [name, clockRate, ...(channels === undefined ? [] : [channels])].join("/"),
        )
        .toSorted(),
    ).toEqual(expected.toSorted());
    expect(media.map(({ direction }) => direction)).toEqual(["recvonly", "recvonly"]);
    const text = fitted.offer.toString();
    expect(text).not.toContain("extmap-allow-mixed");
    for (const { codecs } of media) {
      for (const { name, fmtp } of codecs) {
        if (name === "H264") expect(fmtp).toMatch(/profile-level-id=42/i);
      }
    }
  });

  test("is changed in codecs and what belongs to them, directions and extmap-allow-mixed alone", () => {
    const fitted = fitPlayerOffer(offer, { video: "VP8", audio: "opus" });
    if ("error" in fitted) throw new Error(fitted.error.en);
    const lines = new Set(offer.split("\r\n"));
    const added = fitted.offer
      .toString()
      .split("\r\n")
      .filter((line) => !lines.has(line));
    expect(added).toEqual([
      expect.stringMatching(/^m=audio 9 UDP\/TLS\/RTP\/SAVPF \d+$/),
      "a=recvonly",
      expect.stringMatching(/^m=video 9 UDP\/TLS\/RTP\/SAVPF \d+$/),
      "a=recvonly",
    ]);
    const kept = fitted.offer.toString();
    const removed = offer.split("\r\n").filter((line) => !kept.includes(line));
    const names = new Set(removed.map((line) => line.split(/[ :]/)[0]));
    expect([...names].toSorted()).toEqual([
      "a=extmap-allow-mixed",
      "a=fmtp",
      "a=rtcp-fb",
      "a=rtpmap",
      "a=sendrecv",
      "a=ssrc",
      "a=ssrc-group",
      "m=audio",
      "m=video",
    ]);
  });

  test("cannot have a codec that the engine has not", () => {
    expect(fitPlayerOffer(offer, { video: "H266" })).toMatchObject({
      error: { en: expect.stringContaining("H266") },
    });
  });

  test("is narrowed by a server too, whatever the player left in it", () => {
    const fitted = fitOffer(offer, { video: "VP8" });
    if ("error" in fitted) throw new Error(fitted.error.en);
    const video = readDescription(fitted.offer).media.find(({ kind }) => kind === "video");
    expect(video?.codecs.map(({ name }) => name)).toEqual(["VP8"]);
  });
});
