import { describe, expect, it } from "vitest";
import { preferCodecs } from "../../lib/offer-answer/prefer-codecs.ts";
import { offer, withCRLF } from "./offer.ts";

const audio = (sdp: { toString(): string }) => /^m=audio.*$/m.exec(sdp.toString())?.[0]?.trim();
const video = (sdp: { toString(): string }) => /^m=video.*$/m.exec(sdp.toString())?.[0]?.trim();

describe("preferCodecs", () => {
  it("moves a codec to the front with its RTX, and its RED with it", () => {
    expect(video(preferCodecs(offer, ["H264"]))).toBe(
      "m=video 9 UDP/TLS/RTP/SAVPF 102 103 96 97 118 119 120 49",
    );
    expect(audio(preferCodecs(offer, ["PCMU", "opus"]))).toBe(
      "m=audio 9 UDP/TLS/RTP/SAVPF 0 111 63 9 8 13 110 126",
    );
  });

  it("puts a companion that is named where it is named", () => {
    expect(audio(preferCodecs(offer, ["red", "opus"]))).toBe(
      "m=audio 9 UDP/TLS/RTP/SAVPF 63 111 9 0 8 13 110 126",
    );
  });

  it("changes m= lines only, and other kinds not at all", () => {
    const changed = preferCodecs(offer, ["H264"]).toString();
    const differing = changed.split("\r\n").filter((line, at) => line !== offer.split("\r\n")[at]);
    expect(differing).toEqual(["m=video 9 UDP/TLS/RTP/SAVPF 102 103 96 97 118 119 120 49"]);
  });

  it("returns the text as it was when the order is right, nothing fits, or a format stands twice", () => {
    for (const order of [["VP8"], ["AV1"], []]) {
      expect(preferCodecs(offer, order).toString()).toBe(offer);
    }
    const twice = withCRLF(
      "m=video 9 RTP/AVP 96 97 96\na=rtpmap:96 VP8/90000\na=rtpmap:97 VP9/90000",
    );
    expect(preferCodecs(twice, ["VP9"]).toString()).toBe(twice);
  });

  it("does not loop where RTX refers to itself", () => {
    const text = withCRLF(`m=video 9 RTP/AVP 97 98 96
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=98
a=rtpmap:98 rtx/90000
a=fmtp:98 apt=97
a=rtpmap:96 VP8/90000`);
    expect(video(preferCodecs(text, ["VP8"]))).toBe("m=video 9 RTP/AVP 96 97 98");
  });
});
