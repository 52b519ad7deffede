import { describe, expect, it } from "vitest";
import { renumberPayloadTypes } from "../../lib/offer-answer/renumber.ts";
import { offer, withCRLF } from "./offer.ts";

describe("renumberPayloadTypes", () => {
  it("takes every reference along", () => {
    const changed = renumberPayloadTypes(offer, { 102: 35, 111: 100, 118: 36 }).toString();
    const before = offer.split("\r\n");
    expect(changed.split("\r\n").filter((line, at) => line !== before[at])).toEqual([
      "m=audio 9 UDP/TLS/RTP/SAVPF 100 63 9 0 8 13 110 126",
      "a=rtpmap:100 opus/48000/2",
      "a=rtcp-fb:100 transport-cc",
      "a=fmtp:100 minptime=10;useinbandfec=1",
      "a=fmtp:63 100/100",
      "m=video 9 UDP/TLS/RTP/SAVPF 96 97 35 103 36 119 120 49",
      "a=rtpmap:35 H264/90000",
      "a=rtcp-fb:35 nack pli",
      "a=fmtp:35 packetization-mode=1;profile-level-id=42e01f",
      "a=imageattr:35 send [x=640,y=480]",
      "a=fmtp:103 apt=35; rtx-time=3000",
      "a=rtpmap:36 red/90000",
      "a=fmtp:119 apt=36",
      "a=rid:hi send pt=96,35",
      "a=rid:lo send max-width=320;pt=35",
      "a=ssrc:1 fmtp:35 profile-level-id=42e01f",
    ]);
  });

  it("lets two change places, and back gives the same text", () => {
    const swapped = renumberPayloadTypes(
      offer,
      new Map([
        [96, 102],
        [102, 96],
      ]),
    );
    expect(swapped.toString()).toContain("a=rtpmap:102 VP8/90000\r\n");
    expect(renumberPayloadTypes(swapped, { 96: 102, 102: 96 }).toString()).toBe(offer);
  });

  it("returns the text as it was when no section has the number", () => {
    expect(renumberPayloadTypes(offer, { 77: 78 }).toString()).toBe(offer);
  });

  it("does not touch what only looks like a payload type", () => {
    const text = withCRLF(`m=application 9 DTLS/SCTP 96
a=sctpmap:96 webrtc-datachannel 1024
m=video 96 RTP/AVP 96
a=rtpmap:96 VP8/90000
a=x:96
b=AS:96`);
    const changed = renumberPayloadTypes(text, { 96: 97 }).toString();
    expect(changed).toContain("m=application 9 DTLS/SCTP 96\r\na=sctpmap:96");
    expect(changed).toContain(
      "m=video 96 RTP/AVP 97\r\na=rtpmap:97 VP8/90000\r\na=x:96\r\nb=AS:96",
    );
  });

  it.each([[{ 96: 102 }], [{ 96: 128 }], [{ 96: -1 }], [{ 96: 1.5 }]])("throws on %j", (map) => {
    expect(() => renumberPayloadTypes(offer, map)).toThrow(RangeError);
  });
});
