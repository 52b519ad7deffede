import { describe, expect, it } from "vitest";
import { parse } from "../../lib/sdp/parse.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import type { MediaFormats } from "../../lib/sdp/read-formats.ts";
import { readFormats } from "../../lib/sdp/read-formats.ts";
import { sdpFixtures } from "../support/sdp-fixtures.ts";

/** What both readings must say alike. */
function essence(media: MediaFormats) {
  const { index, kind, port, isRtp, isRejected, isBundleOnly, formats } = media;
  return {
    index,
    kind,
    port,
    isRtp,
    isRejected,
    isBundleOnly,
    formats,
    codecs: media.codecs.map(({ format, payloadType, name, clockRate, channels, fmtp }) => ({
      format,
      payloadType,
      name,
      clockRate,
      channels,
      fmtp,
    })),
    groups: media.sourceGroups.map(({ semantics, ssrcs }) => ({ semantics, ssrcs })),
  };
}

function expectSame(text: string): void {
  const document = parse(text);
  const whole = readDescription(document).media;
  expect(document.media.map(readFormats).map(essence)).toEqual(whole.map(essence));
}

describe("readFormats", () => {
  it.each(sdpFixtures.map(({ name, text }) => [name, text]))(
    "reads %s as readDescription does",
    (_, text) => {
      expectSame(text);
    },
  );

  it.each([
    ["a format listed twice", "m=audio 9 RTP/AVP 0 8 0\r\na=rtpmap:0 X/8000\r\n"],
    [
      "lines out of the order of the formats",
      "m=video 9 RTP/AVP 96 97 98\r\na=fmtp:98 z=1\r\na=rtpmap:97 B/90000\r\na=rtpmap:98 C/90000\r\na=rtpmap:96 A/90000\r\na=fmtp:96 x=1\r\na=fmtp:96 y=2\r\n",
    ],
    [
      "two rtpmaps of one format",
      "m=video 9 RTP/AVP 96\r\na=rtpmap:96 A/90000\r\na=rtpmap:96 B/90000\r\n",
    ],
    [
      "a broken rtpmap before a whole one",
      "m=video 9 RTP/AVP 96\r\na=rtpmap:96 A\r\na=rtpmap:96 B/90000\r\n",
    ],
    [
      "formats that begin alike",
      "m=video 9 RTP/AVP 9 96 966\r\na=rtpmap:96 A/90000\r\na=rtpmap:966 C/90000\r\na=rtpmap:9 B/8000\r\n",
    ],
    [
      "formats with leading zeros",
      "m=audio 9 RTP/AVP 00 0 096\r\na=rtpmap:096 A/90000\r\na=rtpmap:00 B/8000\r\n",
    ],
    [
      "blanks in front of a value",
      "m=audio 9 RTP/AVP 96\r\na=rtpmap:  96 opus/48000/2\r\na=fmtp: 96 a=1\r\n",
    ],
    [
      "an fmtp line without parameters",
      "m=audio 9 RTP/AVP 96\r\na=rtpmap:96 opus/48000/2\r\na=fmtp:96\r\na=fmtp:96 \r\n",
    ],
    [
      "port 0 with and without bundle-only",
      "m=audio 0 RTP/AVP 0\r\na=bundle-only\r\nm=audio 0 RTP/AVP 0\r\n",
    ],
    ["a section without RTP", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"],
    ["an empty m= line", "m=\r\na=rtpmap:96 A/90000\r\n"],
  ])("reads %s as readDescription does", (_, text) => {
    expectSame(text);
  });

  it("tells where the lines stand that name formats", () => {
    const text = "m=audio 9 RTP/AVP 96\r\na=mid:0\r\na=rtcp-fb:96 nack\r\na=rtcp-fb:* nack\r\n";
    const [section] = parse(text).media;
    const lines = section ? readFormats(section).lines : [];
    expect(lines.map(({ name, from, at }) => [name, text.slice(from, from + 2), at])).toEqual([
      ["rtcp-fb", "96", 0],
      ["rtcp-fb", "* ", -1],
    ]);
    expect(lines.map(({ start, end }) => text.slice(start, end))).toEqual([
      "a=rtcp-fb:96 nack",
      "a=rtcp-fb:* nack",
    ]);
  });
});
