import { describe, expect, it } from "vitest";
import { descriptionRules } from "../../lib/rules/catalog.ts";
import { lint } from "../../lib/rules/lint.ts";
import { changed, offer } from "./call.ts";

type Change = readonly [from: string, to: string];

const digest = `${"AB:".repeat(31)}AB`;

/** For each rule: what breaks it, where it says so, and what comes close and does not break it. */
const cases: readonly {
  readonly code: string;
  readonly broken: readonly Change[];
  readonly at: string;
  readonly near: readonly Change[];
}[] = [
  { code: "sdp/session-name", broken: [["s=-", "s="]], at: "3:1", near: [["s=-", "s= "]] },
  {
    code: "sdp/session-id-range",
    broken: [["1001", "9223372036854775808"]],
    at: "2:5",
    near: [["1001", "9223372036854775807"]],
  },
  {
    code: "sdp/connection-missing",
    broken: [
      [
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110\nc=IN IP4 0.0.0.0",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110",
      ],
    ],
    at: "7:1",
    near: [
      [
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110\nc=IN IP4 0.0.0.0",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110",
      ],
      ["t=0 0", "c=IN IP4 0.0.0.0\nt=0 0"],
    ],
  },
  {
    code: "sdp/connection-multicast",
    broken: [["c=IN IP4 0.0.0.0", "c=IN IP4 10.0.0.1/127"]],
    at: "8:10",
    near: [["c=IN IP4 0.0.0.0", "c=IN IP4 224.2.1.1/127"]],
  },
  {
    code: "sdp/bandwidth-value",
    broken: [["c=IN IP4 0.0.0.0", "c=IN IP4 0.0.0.0\nb=FOO:5"]],
    at: "9:3",
    near: [["c=IN IP4 0.0.0.0", "c=IN IP4 0.0.0.0\nb=AS:5"]],
  },
  { code: "sdp/time-line", broken: [["t=0 0", "t=1 0"]], at: "4:1", near: [["t=0 0", "t=0 0"]] },
  {
    code: "sdp/key-line",
    broken: [["t=0 0", "t=0 0\nk=prompt"]],
    at: "5:1",
    near: [["t=0 0", "t=0 0\na=k"]],
  },
  {
    code: "sdp/format-payload-type",
    broken: [
      [
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110 128",
      ],
    ],
    at: "7:45",
    near: [
      [
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110 127",
      ],
      ["a=rtpmap:111", "a=rtpmap:127 L8/8000\na=rtpmap:111"],
    ],
  },
  {
    code: "sdp/format-missing",
    broken: [["m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "m=application 9 UDP/DTLS/SCTP"]],
    at: "51:1",
    near: [
      ["m=application 9", "m=application 0"],
      ["BUNDLE 0 1 2", "BUNDLE 0 1"],
    ],
  },
  {
    code: "sdp/rtpmap-missing",
    broken: [["a=rtpmap:96 VP8/90000\n", ""]],
    at: "27:29",
    near: [["a=rtpmap:13 CN/8000\n", ""]],
  },
  {
    code: "sdp/orphan-format",
    broken: [["a=fmtp:96", "a=fmtp:99"]],
    at: "39:8",
    near: [["a=rtcp-fb:96 nack pli", "a=rtcp-fb:* nack pli"]],
  },
  {
    code: "sdp/crypto-attribute",
    broken: [["a=rtcp-mux", "a=rtcp-mux\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x"]],
    at: "16:1",
    near: [["a=rtcp-mux", "a=rtcp-mux\na=cryptex"]],
  },
  {
    code: "sdp/packet-time",
    broken: [["a=rtcp-mux", "a=rtcp-mux\na=ptime:0"]],
    at: "16:1",
    near: [["a=rtcp-mux", "a=rtcp-mux\na=ptime:20"]],
  },
  {
    code: "sdp/format-order",
    broken: [["SAVPF 96 97", "SAVPF 97 96"]],
    at: "27:29",
    near: [["SAVPF 96 97 102", "SAVPF 102 96 97"]],
  },
  {
    code: "sdp/protocol",
    broken: [["m=video 9 UDP/TLS/RTP/SAVPF", "m=video 9 UDP/RTP"]],
    at: "27:11",
    near: [["m=video 9 UDP/TLS/RTP/SAVPF", "m=video 9 RTP/SAVPF"]],
  },
  {
    code: "sdp/ice-credentials",
    broken: [["a=ice-ufrag:abcd\n", ""]],
    at: "7:1",
    near: [
      ["m=video 9", "m=video 0"],
      [
        "m=video 0 UDP/TLS/RTP/SAVPF 96 97 102 98 45\nc=IN IP4 0.0.0.0\na=mid:1\na=sendonly\na=ice-ufrag:abcd",
        "m=video 0 UDP/TLS/RTP/SAVPF 96 97 102 98 45\nc=IN IP4 0.0.0.0\na=mid:1\na=bundle-only\na=sendonly",
      ],
    ],
  },
  {
    code: "sdp/fingerprint-missing",
    broken: [
      [
        `a=mid:0\na=sendrecv\na=ice-ufrag:abcd\na=ice-pwd:abcdefghijklmnopqrstuv\na=fingerprint:sha-256 ${digest}`,
        "a=mid:0\na=sendrecv\na=ice-ufrag:abcd\na=ice-pwd:abcdefghijklmnopqrstuv",
      ],
    ],
    at: "7:1",
    near: [
      [
        `a=mid:0\na=sendrecv\na=ice-ufrag:abcd\na=ice-pwd:abcdefghijklmnopqrstuv\na=fingerprint:sha-256 ${digest}`,
        "a=mid:0\na=sendrecv\na=ice-ufrag:abcd\na=ice-pwd:abcdefghijklmnopqrstuv",
      ],
      ["a=ice-options", `a=fingerprint:sha-256 ${digest}\na=ice-options`],
    ],
  },
  {
    code: "sdp/setup-missing",
    broken: [["a=setup:actpass\n", ""]],
    at: "7:1",
    near: [
      ["a=setup:actpass\n", ""],
      ["a=ice-options", "a=setup:actpass\na=ice-options"],
    ],
  },
  {
    code: "sdp/simulcast-rid",
    broken: [["send h;l", "send h;m"]],
    at: "50:20",
    near: [["send h;l", "send ~h;l"]],
  },
  {
    code: "sdp/rtcp-mux-missing",
    broken: [
      ["a=group:BUNDLE 0 1 2\n", ""],
      ["a=rtcp-mux\n", ""],
    ],
    at: "6:1",
    near: [["a=group:BUNDLE 0 1 2\n", ""]],
  },
  {
    code: "sdp/bundle-rtcp-mux",
    broken: [["a=rtcp-mux\n", ""]],
    at: "7:1",
    near: [
      ["a=group:BUNDLE 0 1 2", "a=group:BUNDLE 1 2"],
      ["a=rtcp-mux\n", ""],
    ],
  },
  {
    code: "sdp/ice-options",
    broken: [["a=ice-options:trickle ice2", "a=ice-options:trickle"]],
    at: "7:1",
    near: [["a=ice-options:trickle ice2", "a=ice-options:ice2 trickle"]],
  },
  {
    code: "sdp/connection-placeholder",
    broken: [["m=audio 9", "m=audio 5004"]],
    at: "7:9",
    near: [
      ["m=audio 9", "m=audio 5004"],
      ["c=IN IP4 0.0.0.0", "c=IN IP4 192.0.2.1"],
    ],
  },
  {
    code: "sdp/bundle-only",
    broken: [
      ["BUNDLE 0 1 2", "BUNDLE 0 2"],
      ["m=video 9", "m=video 0"],
      ["a=mid:1", "a=mid:1\na=bundle-only"],
    ],
    at: "30:1",
    near: [
      ["m=video 9", "m=video 0"],
      ["a=mid:1", "a=mid:1\na=bundle-only"],
    ],
  },
  {
    code: "sdp/mid-length",
    broken: [
      ["BUNDLE 0 1", "BUNDLE 0000 1"],
      ["a=mid:0", "a=mid:0000"],
    ],
    at: "9:7",
    near: [
      ["BUNDLE 0 1", "BUNDLE 000 1"],
      ["a=mid:0", "a=mid:000"],
    ],
  },
  {
    code: "sdp/mid-unique",
    broken: [["a=mid:1", "a=mid:0"]],
    at: "29:7",
    near: [
      ["a=mid:1", "a=mid:01"],
      ["BUNDLE 0 1 2", "BUNDLE 0 01 2"],
    ],
  },
  {
    code: "sdp/mid-missing",
    broken: [["a=mid:1\n", ""]],
    at: "27:1",
    near: [
      ["a=mid:1\n", ""],
      ["a=group:BUNDLE 0 1 2\n", ""],
    ],
  },
  {
    code: "sdp/group-tag",
    broken: [["BUNDLE 0 1 2", "BUNDLE 0 1 3"]],
    at: "5:20",
    near: [["BUNDLE 0 1 2", "BUNDLE 0 2 1"]],
  },
  {
    code: "sdp/group-rejected",
    broken: [["m=video 9", "m=video 0"]],
    at: "5:18",
    near: [
      ["m=video 9", "m=video 0"],
      ["a=mid:1", "a=mid:1\na=bundle-only"],
    ],
  },
  {
    code: "sdp/bundle-tag",
    broken: [
      ["BUNDLE 0 1 2", "BUNDLE 1 0 2"],
      ["m=video 9", "m=video 0"],
      ["a=mid:1", "a=mid:1\na=bundle-only"],
    ],
    at: "5:16",
    near: [
      ["m=video 9", "m=video 0"],
      ["a=mid:1", "a=mid:1\na=bundle-only"],
    ],
  },
  {
    code: "sdp/bundle-transport",
    broken: [["m=video 9 UDP/TLS/RTP/SAVPF", "m=video 9 RTP/SAVPF"]],
    at: "27:11",
    near: [
      ["BUNDLE 0 1 2", "BUNDLE 0 2"],
      ["m=video 9 UDP/TLS/RTP/SAVPF", "m=video 9 RTP/SAVPF"],
    ],
  },
  {
    code: "sdp/bundle-payload-type",
    broken: [
      ["96 97 102 98 45", "96 97 102 98 45 111"],
      ["a=rtpmap:98", "a=rtpmap:111 H265/90000\na=rtpmap:98"],
    ],
    at: "45:1",
    near: [
      ["BUNDLE 0 1 2", "BUNDLE 0 2"],
      ["96 97 102 98 45", "96 97 102 98 45 111"],
      ["a=rtpmap:98", "a=rtpmap:111 H265/90000\na=rtpmap:98"],
    ],
  },
  {
    code: "sdp/bundle-mid-extension",
    broken: [["a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\n", ""]],
    at: "7:1",
    near: [
      ["BUNDLE 0 1 2", "BUNDLE 1 2"],
      ["a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\n", ""],
    ],
  },
  {
    code: "sdp/bundle-extension-id",
    broken: [
      [
        "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid",
        "a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:mid",
      ],
    ],
    at: "37:10",
    near: [
      [
        "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid",
        "a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid",
      ],
    ],
  },
  {
    code: "sdp/rtcp-mux-only",
    broken: [["a=rtcp-mux\n", "a=rtcp-mux-only\n"]],
    at: "15:1",
    near: [["a=rtcp-mux\n", "a=rtcp-mux\na=rtcp-mux-only\n"]],
  },
  {
    code: "sdp/payload-type-range",
    broken: [
      [
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110 72",
      ],
      ["a=rtpmap:111", "a=rtpmap:72 L8/8000\na=rtpmap:111"],
    ],
    at: "7:45",
    near: [
      [
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110 62",
      ],
      ["a=rtpmap:111", "a=rtpmap:62 L8/8000\na=rtpmap:111"],
    ],
  },
  {
    code: "sdp/offer-setup",
    broken: [["a=setup:actpass", "a=setup:active"]],
    at: "14:9",
    near: [["a=setup:actpass", "a=setup:actpass"]],
  },
  {
    code: "sdp/setup-holdconn",
    broken: [["a=setup:actpass", "a=setup:holdconn"]],
    at: "14:9",
    near: [["a=setup:actpass", "a=setup:passive"]],
  },
  {
    code: "sdp/tls-id",
    broken: [["a=rtcp-mux", "a=rtcp-mux\na=tls-id:short"]],
    at: "16:1",
    near: [["a=rtcp-mux", "a=rtcp-mux\na=tls-id:abcdefghijklmnopqrst"]],
  },
  {
    code: "sdp/fingerprint-hash",
    broken: [["a=fingerprint:sha-256", "a=fingerprint:md5"]],
    at: "13:15",
    near: [["a=fingerprint:sha-256", "a=fingerprint:SHA-256"]],
  },
  {
    code: "sdp/fingerprint-set",
    broken: [["a=setup:actpass", `a=fingerprint:sha-256 ${digest}\na=setup:actpass`]],
    at: "14:1",
    near: [["a=ice-options", `a=fingerprint:sha-256 ${digest}\na=ice-options`]],
  },
  {
    code: "sdp/sctp-port",
    broken: [["a=sctp-port:5000\n", ""]],
    at: "51:1",
    near: [["a=sctp-port:5000", "a=sctp-port:5001"]],
  },
  {
    code: "sdp/max-message-size",
    broken: [["a=max-message-size:262144\n", ""]],
    at: "51:1",
    near: [["a=max-message-size:262144", "a=max-message-size:65536"]],
  },
  {
    code: "sdp/data-direction",
    broken: [["a=mid:2", "a=mid:2\na=sendonly"]],
    at: "54:1",
    near: [["a=mid:2", "a=mid:2\na=sendrecv"]],
  },
  {
    code: "sdp/ice-characters",
    broken: [["a=ice-ufrag:abcd", "a=ice-ufrag:abc"]],
    at: "11:13",
    near: [["a=ice-ufrag:abcd", "a=ice-ufrag:a+/1"]],
  },
  {
    code: "sdp/ice-mismatch",
    broken: [["a=rtcp-mux", "a=rtcp-mux\na=ice-mismatch"]],
    at: "16:1",
    near: [["a=rtcp-mux", "a=rtcp-mux\na=ice-pacing:50"]],
  },
  {
    code: "sdp/ice-lite",
    broken: [
      ["a=ice-options", "a=ice-lite\na=ice-options"],
      [
        "a=mid:0",
        "a=candidate:1 1 udp 2130706431 192.0.2.1 5000 typ srflx raddr 10.0.0.1 rport 5000\na=mid:0",
      ],
    ],
    at: "6:1",
    near: [
      ["a=ice-options", "a=ice-lite\na=ice-options"],
      ["a=mid:0", "a=candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host\na=mid:0"],
    ],
  },
  {
    code: "sdp/default-destination",
    broken: [
      ["m=audio 9", "m=audio 5004"],
      ["c=IN IP4 0.0.0.0", "c=IN IP4 192.0.2.1"],
      ["a=mid:0", "a=mid:0\na=candidate:1 1 udp 2130706431 192.0.2.2 5004 typ host"],
    ],
    at: "8:1",
    near: [
      ["m=audio 9", "m=audio 5004"],
      ["c=IN IP4 0.0.0.0", "c=IN IP4 192.0.2.1"],
      ["a=mid:0", "a=mid:0\na=candidate:1 1 udp 2130706431 192.0.2.1 5004 typ host"],
    ],
  },
  {
    code: "sdp/rejected-ice",
    broken: [
      ["BUNDLE 0 1 2", "BUNDLE 0 2"],
      ["m=video 9", "m=video 0"],
      ["a=mid:1", "a=mid:1\na=candidate:1 1 udp 2130706431 192.0.2.2 5004 typ host"],
    ],
    at: "30:1",
    near: [
      ["BUNDLE 0 1 2", "BUNDLE 0 2"],
      ["m=video 9", "m=video 0"],
    ],
  },
  {
    code: "sdp/trickle-port",
    broken: [["a=mid:0", "a=mid:0\na=rtcp:5005 IN IP4 192.0.2.1"]],
    at: "10:1",
    near: [["a=mid:0", "a=mid:0\na=rtcp:9 IN IP4 0.0.0.0"]],
  },
  {
    code: "sdp/mdns-connection",
    broken: [["c=IN IP4 0.0.0.0", "c=IN IP4 a1b2.local"]],
    at: "8:10",
    near: [["c=IN IP4 0.0.0.0", "c=IN IP4 example.com"]],
  },
  {
    code: "sdp/feedback-profile",
    broken: [["m=video 9 UDP/TLS/RTP/SAVPF", "m=video 9 UDP/TLS/RTP/SAVP"]],
    at: "40:1",
    near: [["m=video 9 UDP/TLS/RTP/SAVPF", "m=video 9 RTP/AVPF"]],
  },
  {
    code: "sdp/rtx-association",
    broken: [["apt=96", "apt=99"]],
    at: "42:15",
    near: [["apt=96", "apt=96;rtx-time=3000"]],
  },
  {
    code: "sdp/source-name",
    broken: [["a=ssrc:1111 cname:here", "a=ssrc:1111 msid:s a"]],
    at: "26:1",
    near: [["a=ssrc:1111 cname:here", "a=ssrc:1111 msid:s a\na=ssrc:1111 cname:here"]],
  },
  {
    code: "sdp/source-group",
    broken: [["a=ssrc:1111 cname:here", "a=ssrc:1111 cname:here\na=ssrc-group:FID 1111 1112"]],
    at: "27:23",
    near: [
      [
        "a=ssrc:1111 cname:here",
        "a=ssrc:1111 cname:here\na=ssrc:1112 cname:here\na=ssrc-group:FID 1111 1112",
      ],
    ],
  },
  {
    code: "sdp/rid-line",
    broken: [["a=rid:l send", "a=rid:h send"]],
    at: "49:7",
    near: [
      ["a=rid:l send", "a=rid:H send"],
      ["send h;l", "send h;H"],
    ],
  },
  {
    code: "sdp/simulcast-line",
    broken: [["send h;l", "send h;h"]],
    at: "50:20",
    near: [["send h;l", "send h,l"]],
  },
  {
    code: "sdp/simulcast-extension",
    broken: [["sdes:rtp-stream-id", "sdes:repaired-rtp-stream-id"]],
    at: "50:1",
    near: [
      ["a=simulcast:send h;l\n", ""],
      ["sdes:rtp-stream-id", "sdes:repaired-rtp-stream-id"],
    ],
  },
  {
    code: "sdp/extension-id",
    broken: [["a=extmap:2/sendonly", "a=extmap:1/sendonly"]],
    at: "37:10",
    near: [["a=extmap:2/sendonly", "a=extmap:14/sendonly"]],
  },
  {
    code: "sdp/extension-level",
    broken: [["a=ice-options", "a=extmap:5 urn:x\na=ice-options"]],
    at: "17:1",
    near: [["a=ice-options", "a=extmap-allow-mixed\na=ice-options"]],
  },
  {
    code: "sdp/extension-placeholder",
    broken: [["a=extmap:2/sendonly", "a=extmap:4096/sendonly"]],
    at: "37:10",
    near: [["a=extmap:2/sendonly", "a=extmap:14/sendonly"]],
  },
  {
    code: "sdp/h264-interleaving",
    broken: [["packetization-mode=1", "packetization-mode=1;sprop-max-don-diff=1"]],
    at: "44:57",
    near: [["packetization-mode=1", "packetization-mode=2;sprop-max-don-diff=1"]],
  },
  {
    code: "sdp/vp8-parameters",
    broken: [["a=fmtp:96 max-fs=3600", "a=fmtp:96 max-fs=3600;foo=1"]],
    at: "39:23",
    near: [["a=fmtp:96 max-fs=3600", "a=fmtp:96 max-fs=3600;max-fr=30"]],
  },
  {
    code: "sdp/opus-rtpmap",
    broken: [["opus/48000/2", "opus/48000"]],
    at: "17:14",
    near: [["opus/48000/2", "OPUS/48000/2"]],
  },
  {
    code: "sdp/telephone-event",
    broken: [["a=fmtp:110 0-15", "a=fmtp:110 15-0"]],
    at: "24:12",
    near: [["a=fmtp:110 0-15", "a=fmtp:110 0-11,32"]],
  },
  {
    code: "sdp/comfort-noise",
    broken: [["a=rtpmap:13 CN/8000", "a=rtpmap:13 CN/16000"]],
    at: "22:1",
    near: [["a=rtpmap:13 CN/8000", "a=rtpmap:13 cn/8000"]],
  },
  {
    code: "sdp/red-payload-types",
    broken: [["111/111", "111/112"]],
    at: "21:15",
    near: [["111/111", "111/111/111"]],
  },
  {
    code: "sdp/flexfec",
    broken: [
      ["96 97 102 98 45", "96 97 102 98 45 49"],
      ["a=rtpmap:98", "a=rtpmap:49 flexfec/90000\na=rtpmap:98"],
    ],
    at: "45:1",
    near: [
      ["96 97 102 98 45", "96 97 102 98 45 49"],
      ["a=rtpmap:98", "a=rtpmap:49 flexfec/90000\na=fmtp:49 repair-window=10000000\na=rtpmap:98"],
    ],
  },
  {
    code: "sdp/msid-line",
    broken: [["a=msid:stream audio", "a=msid:stream audio\na=msid:other video"]],
    at: "26:1",
    near: [["a=msid:stream audio", "a=msid:stream audio\na=msid:other audio"]],
  },
  {
    code: "sdp/bandwidth-tias",
    broken: [["a=mid:1", "b=TIAS:500\na=mid:1"]],
    at: "29:1",
    near: [["a=mid:1", "b=TIAS:500000\na=mid:1"]],
  },
  {
    code: "sdp/static-payload-type",
    broken: [["a=rtpmap:13 CN/8000", "a=rtpmap:13 CN/8000\na=rtpmap:0 opus/48000/2"]],
    at: "23:12",
    near: [["a=rtpmap:13 CN/8000", "a=rtpmap:13 CN/8000\na=rtpmap:0 pcmu/8000"]],
  },
  {
    code: "sdp/payload-type-repeated",
    broken: [["a=rtpmap:98 VP9/90000", "a=rtpmap:98 VP9/90000\na=rtpmap:96 VP9/90000"]],
    at: "46:1",
    near: [["a=rtpmap:98 VP9/90000", "a=rtpmap:98 VP9/90000\na=rtpmap:99 VP9/90000"]],
  },
];

describe("the rules about one description", () => {
  it("say nothing about an offer that follows them all", () => {
    expect(lint(offer, { type: "offer" })).toEqual([]);
  });

  it("each stand in this table", () => {
    expect(cases.map(({ code }) => code).sort()).toEqual(descriptionRules.map(({ code }) => code));
  });

  it.each(cases)("$code", ({ code, broken, at, near }) => {
    const found = lint(changed(offer, ...broken), { type: "offer" }).find(
      (each) => each.code === code,
    );
    expect(`${found?.position?.line}:${found?.position?.column}`).toBe(at);
    expect(found?.message.en).not.toBe("");
    const close = lint(changed(offer, ...near), { type: "offer" });
    expect(close.filter((each) => each.code === code)).toEqual([]);
  });
});
