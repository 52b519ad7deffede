import { describe, expect, it } from "vitest";
import type { FragmentBinding } from "../../lib/ice/fragment.ts";
import { checkWhipPatch } from "../../lib/ice/whip-patch.ts";
import { checkWhipAnswer, checkWhipOffer } from "../../lib/rules/whip.ts";

const section = (kind: string, mid: string, ...lines: string[]): string =>
  `m=${kind} 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:${mid}\r\na=rtcp-mux\r\na=rtpmap:96 ${kind === "audio" ? "opus/48000/2" : "VP8/90000"}\r\n${lines.map((line) => `a=${line}\r\n`).join("")}`;
const session = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n";
const offer = `${session}${section("audio", "0", "sendonly", "msid:s a")}${section("video", "1", "sendonly", "msid:s v")}`;
const candidate = "candidate:1 1 udp 2113937151 9.9.9.9 5000 typ host";
const answer = `${session}${section("audio", "0", "recvonly", candidate)}${section("video", "1", "recvonly")}`;
const codes = (found: readonly { readonly code: string }[]): string[] =>
  found.map(({ code }) => code);

describe("a WHIP offer", () => {
  it.each<[string, string, readonly string[]]>([
    ["as it should be", offer, []],
    ["that may receive too", offer.replace("a=sendonly", "a=sendrecv"), []],
    ["that receives only", offer.replace("a=sendonly", "a=recvonly"), ["whip/direction"]],
    ["with two streams", offer.replace("msid:s v", "msid:t v"), ["whip/media-stream"]],
    [
      "with two cameras",
      `${offer.replace("BUNDLE 0 1", "BUNDLE 0 1 2")}${section("video", "2", "sendonly", "msid:s w")}`,
      ["whip/track-count"],
    ],
    ["with a section out of the bundle", offer.replace("BUNDLE 0 1", "BUNDLE 0"), ["whip/bundle"]],
    ["without rtcp-mux", offer.replace("a=rtcp-mux\r\n", ""), ["whip/rtcp-mux"]],
  ])("%s", (_case, text, expected) => {
    expect(codes(checkWhipOffer(text))).toEqual(expected);
  });
});

describe("a WHIP answer", () => {
  it.each<[string, string, readonly string[]]>([
    ["as it should be", answer, []],
    ["that sends", answer.replace("a=recvonly", "a=sendonly"), ["whip/direction"]],
    ["without candidates", answer.replace(`a=${candidate}\r\n`, ""), ["whip/answer-candidates"]],
    ["that rejects a section", answer.replace("m=video 9", "m=video 0"), []],
  ])("%s", (_case, text, expected) => {
    expect(codes(checkWhipAnswer(text))).toEqual(expected);
  });
});

describe("a WHIP PATCH", () => {
  const bound: FragmentBinding = {
    level: "session",
    sections: [{ mid: "0", ufrag: "aaaa", pwd: "0123456789012345678901" }],
  };
  const body = `a=ice-ufrag:aaaa\r\na=ice-pwd:0123456789012345678901\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=${candidate}\r\n`;
  const restarted = body.replace("aaaa", "bbbb").replace("0123", "3210");
  const contentType = "application/trickle-ice-sdpfrag";

  it.each<[string, object, readonly string[]]>([
    ["that trickles", { contentType, ifMatch: '"tag"', body }, []],
    ["that restarts", { contentType, ifMatch: "*", body: restarted }, []],
    [
      "of another type",
      { contentType: "application/sdp", ifMatch: '"tag"', body },
      ["whip/patch-content-type"],
    ],
    ["without If-Match", { contentType, body }, ["whip/patch-if-match"]],
    [
      "that restarts under an ETag",
      { contentType, ifMatch: '"tag"', body: restarted },
      ["whip/patch-if-match"],
    ],
    [
      "that restarts with the old credentials",
      { contentType, ifMatch: "*", body },
      ["whip/patch-if-match"],
    ],
    [
      "whose body is wrong",
      { contentType, ifMatch: '"tag"', body: body.replace("a=mid:0\r\n", "") },
      ["fragment/mid-missing"],
    ],
  ])("%s", (_case, patch, expected) => {
    expect(codes(checkWhipPatch(patch as { body: string }, bound).diagnostics)).toEqual(expected);
  });
});
