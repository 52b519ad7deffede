import { describe, expect, it } from "vitest";
import { answerRules } from "../../lib/rules/catalog.ts";
import { checkAnswer } from "../../lib/rules/check-answer.ts";
import { answer, changed, offer } from "./call.ts";

type Change = readonly [from: string, to: string];

/** For each rule: a pair that breaks it, where it says so, and a pair that comes close. No entry for a text means: unchanged. */
const cases: readonly {
  readonly code: string;
  readonly broken: { readonly answer?: readonly Change[]; readonly offer?: readonly Change[] };
  readonly at: string;
  readonly near: { readonly answer?: readonly Change[]; readonly offer?: readonly Change[] };
}[] = [
  {
    code: "answer/m-line-count",
    broken: {
      answer: [
        [
          "a=max-message-size:262144\n",
          "a=max-message-size:262144\nm=audio 0 UDP/TLS/RTP/SAVPF 0\n",
        ],
      ],
    },
    at: "52:1",
    near: { answer: [["m=application 9", "m=application 0"]] },
  },
  {
    code: "answer/media-kind",
    broken: { answer: [["m=application 9", "m=text 9"]] },
    at: "43:3",
    near: { answer: [["m=application 9", "m=application 0"]] },
  },
  {
    code: "answer/session-lines",
    broken: { answer: [["t=0 0", "t=1 0"]] },
    at: "4:1",
    near: { answer: [["s=-", "s=x"]] },
  },
  {
    code: "answer/origin",
    broken: { answer: [["2002 2", "1001 2"]] },
    at: "2:1",
    near: { answer: [["2002 2", "1001 3"]] },
  },
  {
    code: "answer/direction",
    broken: { answer: [["a=recvonly", "a=sendonly"]] },
    at: "25:1",
    near: { answer: [["a=recvonly", "a=inactive"]] },
  },
  {
    code: "answer/common-format",
    broken: {
      answer: [
        ["111 110\n", "0\n"],
        ["a=rtpmap:111 opus/48000/2\n", "a=rtpmap:0 G722/8000\n"],
      ],
    },
    at: "7:1",
    near: { answer: [["111 110\n", "0\n"]] },
  },
  {
    code: "answer/payload-type",
    broken: { answer: [["a=rtpmap:98 VP9/90000", "a=rtpmap:98 VP8/90000"]] },
    at: "39:1",
    near: { answer: [["a=rtpmap:98 VP9/90000", "a=rtpmap:98 vp9/90000"]] },
  },
  {
    code: "answer/unoffered-codec",
    broken: {
      answer: [
        ["96 97 102 98 45", "96 97 102 98 45 99"],
        ["a=rtpmap:98", "a=rtpmap:99 H265/90000\na=rtpmap:98"],
      ],
    },
    at: "39:1",
    near: { answer: [["96 97 102 98 45", "96 97 102"]] },
  },
  {
    code: "answer/rejected-section",
    broken: { offer: [["m=video 9", "m=video 0"]] },
    at: "22:9",
    near: { answer: [["m=video 9", "m=video 0"]], offer: [["m=video 9", "m=video 0"]] },
  },
  {
    code: "answer/protocol",
    broken: { answer: [["UDP/DTLS/SCTP", "TCP/DTLS/SCTP"]] },
    at: "43:17",
    near: { answer: [["m=application 9 UDP/DTLS/SCTP", "m=application 0 TCP/DTLS/SCTP"]] },
  },
  {
    code: "answer/mid",
    broken: { answer: [["a=mid:1", "a=mid:7"]] },
    at: "24:1",
    near: {
      answer: [
        ["m=video 9", "m=video 0"],
        ["a=mid:1\n", ""],
      ],
    },
  },
  {
    code: "answer/setup-role",
    broken: { answer: [["a=setup:active", "a=setup:actpass"]] },
    at: "14:9",
    near: { answer: [["a=setup:active", "a=setup:passive"]] },
  },
  {
    code: "answer/data-format",
    broken: { answer: [["webrtc-datachannel", "5000"]] },
    at: "43:31",
    near: {
      answer: [
        ["m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "m=application 0 UDP/DTLS/SCTP 5000"],
      ],
    },
  },
  {
    code: "answer/group",
    broken: { answer: [["BUNDLE 0 1 2", "BUNDLE 0 1 7"]] },
    at: "5:20",
    near: { answer: [["BUNDLE 0 1 2", "BUNDLE 0 2"]] },
  },
  {
    code: "answer/bundle-tag",
    broken: { answer: [["m=audio 9", "m=audio 0"]] },
    at: "5:16",
    near: {
      answer: [
        ["m=audio 9", "m=audio 0"],
        ["BUNDLE 0 1 2", "BUNDLE 1 2"],
      ],
    },
  },
  {
    code: "answer/bundle-only-section",
    broken: {
      answer: [["BUNDLE 0 1 2", "BUNDLE 0 2"]],
      offer: [
        ["m=video 9", "m=video 0"],
        ["a=mid:1", "a=mid:1\na=bundle-only"],
      ],
    },
    at: "22:1",
    near: {
      offer: [
        ["m=video 9", "m=video 0"],
        ["a=mid:1", "a=mid:1\na=bundle-only"],
      ],
    },
  },
  {
    code: "answer/bundled-rtcp",
    broken: { answer: [["a=mid:1", "a=mid:1\na=rtcp:5005"]] },
    at: "25:1",
    near: { answer: [["a=mid:1", "a=mid:1\na=rtcp:9 IN IP4 0.0.0.0"]] },
  },
  {
    code: "answer/bundled-transport",
    broken: {
      answer: [["a=mid:1", "a=mid:1\na=candidate:1 1 udp 2130706431 192.0.2.2 5004 typ host"]],
    },
    at: "25:1",
    near: {
      answer: [["a=mid:0", "a=mid:0\na=candidate:1 1 udp 2130706431 192.0.2.2 5004 typ host"]],
    },
  },
  {
    code: "answer/group-membership",
    broken: { answer: [["a=group:BUNDLE 0 1 2", "a=group:BUNDLE 0\na=group:BUNDLE 1 2"]] },
    at: "6:1",
    near: {
      answer: [["a=group:BUNDLE 0 1 2", "a=group:BUNDLE 0\na=group:BUNDLE 1 2"]],
      offer: [["a=group:BUNDLE 0 1 2", "a=group:BUNDLE 0\na=group:BUNDLE 1 2"]],
    },
  },
  {
    code: "answer/rtcp-mux",
    broken: { answer: [["a=rtcp-mux\n", ""]] },
    at: "7:1",
    near: { answer: [["a=rtcp-mux\n", ""]], offer: [["a=rtcp-mux\n", ""]] },
  },
  {
    code: "answer/tls-id",
    broken: { answer: [["a=mid:0", "a=mid:0\na=tls-id:abcdefghijklmnopqrst"]] },
    at: "10:1",
    near: {
      answer: [["a=mid:0", "a=mid:0\na=tls-id:abcdefghijklmnopqrst"]],
      offer: [["a=mid:0", "a=mid:0\na=tls-id:abcdefghijklmnopqrsu"]],
    },
  },
  {
    code: "answer/feedback",
    broken: { answer: [["a=rtcp-fb:96 nack pli", "a=rtcp-fb:96 nack"]] },
    at: "34:14",
    near: { answer: [["a=rtcp-fb:96 nack pli\n", ""]] },
  },
  {
    code: "answer/ssrc",
    broken: { answer: [["a=ssrc:2222", "a=ssrc:1111"]] },
    at: "21:1",
    near: { answer: [["a=ssrc:2222", "a=ssrc:11110"]] },
  },
  {
    code: "answer/rid",
    broken: { answer: [["a=rid:h recv", "a=rid:h send"]] },
    at: "41:9",
    near: { answer: [["a=rid:h recv", "a=rid:h recv pt=96"]] },
  },
  {
    code: "answer/simulcast",
    broken: { answer: [["a=simulcast:recv h", "a=simulcast:recv h;x"]] },
    at: "42:20",
    near: { answer: [["a=simulcast:recv h", "a=simulcast:recv ~h"]] },
  },
  {
    code: "answer/extension",
    broken: {
      answer: [
        [
          "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid",
          "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
        ],
      ],
    },
    at: "16:10",
    near: { answer: [["a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\n", ""]] },
  },
  {
    code: "answer/extension-direction",
    broken: { answer: [["a=extmap:2/recvonly", "a=extmap:2/sendonly"]] },
    at: "32:1",
    near: { answer: [["a=extmap:2/recvonly", "a=extmap:2/inactive"]] },
  },
  {
    code: "answer/extmap-allow-mixed",
    broken: { answer: [["a=ice-options", "a=extmap-allow-mixed\na=ice-options"]] },
    at: "6:1",
    near: {
      answer: [["a=ice-options", "a=extmap-allow-mixed\na=ice-options"]],
      offer: [["a=ice-options", "a=extmap-allow-mixed\na=ice-options"]],
    },
  },
  {
    code: "answer/h264-configuration",
    broken: { answer: [["packetization-mode=1", "packetization-mode=0"]] },
    at: "38:1",
    near: { answer: [["42e01f;packetization-mode=1", "42e01e;packetization-mode=1"]] },
  },
  {
    code: "answer/h264-level",
    broken: { answer: [["42e01f", "42e028"]] },
    at: "38:12",
    near: { answer: [["42e01f", "42e01e"]] },
  },
  {
    code: "answer/vp9-profile",
    broken: {
      answer: [["a=rtpmap:98 VP9/90000", "a=rtpmap:98 VP9/90000\na=fmtp:98 profile-id=2"]],
    },
    at: "40:1",
    near: { answer: [["a=rtpmap:98 VP9/90000", "a=rtpmap:98 VP9/90000\na=fmtp:98 profile-id=0"]] },
  },
  {
    code: "answer/av1-profile",
    broken: { answer: [["a=rtpmap:45 AV1/90000", "a=rtpmap:45 AV1/90000\na=fmtp:45 profile=1"]] },
    at: "41:1",
    near: {
      answer: [
        ["a=rtpmap:45 AV1/90000", "a=rtpmap:45 AV1/90000\na=fmtp:45 profile=0;level-idx=5;tier=0"],
      ],
    },
  },
  {
    code: "answer/h265-profile",
    broken: {
      answer: [["a=rtpmap:98 VP9/90000", "a=rtpmap:98 H265/90000\na=fmtp:98 profile-id=2"]],
      offer: [
        [
          "a=rtpmap:98 VP9/90000\na=fmtp:98 profile-id=0",
          "a=rtpmap:98 H265/90000\na=fmtp:98 profile-id=1",
        ],
      ],
    },
    at: "40:1",
    near: {
      answer: [["a=rtpmap:98 VP9/90000", "a=rtpmap:98 H265/90000\na=fmtp:98 profile-id=1"]],
      offer: [["a=rtpmap:98 VP9/90000\na=fmtp:98 profile-id=0", "a=rtpmap:98 H265/90000"]],
    },
  },
  {
    code: "answer/opus-parameters",
    broken: { answer: [["useinbandfec=1", "useinbandfec=1;foo=1"]] },
    at: "18:39",
    near: { answer: [["useinbandfec=1", "useinbandfec=1;stereo=1"]] },
  },
];

describe("the rules about an answer and its offer", () => {
  it("say nothing about an answer that fits", () => {
    expect(checkAnswer(offer, answer)).toEqual([]);
  });

  it("each stand in this table", () => {
    expect(cases.map(({ code }) => code).sort()).toEqual(answerRules.map(({ code }) => code));
  });

  it.each(cases)("$code", ({ code, broken, at, near }) => {
    const check = (pair: (typeof cases)[number]["near"]) =>
      checkAnswer(changed(offer, ...(pair.offer ?? [])), changed(answer, ...(pair.answer ?? [])));
    const found = check(broken).find((each) => each.code === code);
    expect(`${found?.position?.line}:${found?.position?.column}`).toBe(at);
    expect(check(near).filter((each) => each.code === code)).toEqual([]);
  });

  it("points into the offer as well", () => {
    const [found] = checkAnswer(offer, changed(answer, ["a=recvonly", "a=sendonly"]));
    expect(found?.related).toEqual([
      {
        message: { en: "Offered sendonly.", ko: "sendonly로 제안되었습니다." },
        text: "offer",
        span: expect.anything(),
        position: { line: 27, column: 1 },
      },
    ]);
  });
});
