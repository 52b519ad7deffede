import { describe, expect, it } from "vitest";
import { filterCodecs } from "../../lib/offer-answer/filter-codecs.ts";
import { selectCodecs } from "../../lib/offer-answer/select-codecs.ts";
import { parse } from "../../lib/sdp/parse.ts";
import { sdpFixtures } from "../support/sdp-fixtures.ts";
import { offer, video, withCRLF } from "./offer.ts";

const linesOf = (sdp: { toString(): string }) => sdp.toString().split("\r\n");

/** The lines that went and came between two texts. */
function changes(before: string, after: { toString(): string }) {
  const old = linesOf(before);
  const now = linesOf(after);
  return {
    gone: old.filter((line) => !now.includes(line)),
    added: now.filter((line) => !old.includes(line)),
  };
}

describe("filterCodecs", () => {
  it("keeps a codec with its RTX, RED and FEC and removes every line of the others", () => {
    expect(changes(offer, filterCodecs(offer, ["VP8"]))).toEqual({
      added: [
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 118 119 120 49",
        "a=rid:hi send pt=96",
        "a=simulcast:send hi;~mid recv back",
      ],
      gone: [
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 118 119 120 49",
        "a=rtpmap:102 H264/90000",
        "a=rtcp-fb:102 nack pli",
        "a=fmtp:102 packetization-mode=1;profile-level-id=42e01f",
        "a=imageattr:102 send [x=640,y=480]",
        "a=rtpmap:103 rtx/90000",
        "a=fmtp:103 apt=102; rtx-time=3000",
        "a=rid:hi send pt=96,102",
        "a=rid:lo send max-width=320;pt=102",
        "a=simulcast:send hi;lo,~mid recv back",
        "a=ssrc:1 fmtp:102 profile-level-id=42e01f",
      ],
    });
  });

  it("leaves sections of other kinds alone", () => {
    const filtered = filterCodecs(offer, ["VP8"]);
    expect(filtered.toString()).toContain("m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126");
  });

  it("drops what goes along with a clock rate that is gone", () => {
    const filtered = filterCodecs(offer, ["opus"]).toString();
    expect(filtered).toContain("m=audio 9 UDP/TLS/RTP/SAVPF 111 63 110\r\n");
    expect(filterCodecs(offer, ["PCMU", "telephone-event"]).toString()).toContain(
      "m=audio 9 UDP/TLS/RTP/SAVPF 0 13 110 126\r\n",
    );
  });

  it("keeps no companion without the codec it refers to, even when asked for by name", () => {
    expect(filterCodecs(offer, ["PCMA", "red"]).toString()).toContain(
      "m=audio 9 UDP/TLS/RTP/SAVPF 8 13 126\r\n",
    );
  });

  it("drops dependents when told so", () => {
    expect(filterCodecs(offer, ["VP8"], { dependents: "drop" }).toString()).toContain(
      "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n",
    );
    expect(filterCodecs(offer, ["VP8", "rtx"], { dependents: "drop" }).toString()).toContain(
      "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\n",
    );
  });

  it("removes the repair sources with the last RTX format", () => {
    const filtered = filterCodecs(offer, ["VP8"], { dependents: "drop" }).toString();
    expect(filtered).not.toContain("ssrc-group:FID");
    expect(filtered).not.toContain("a=ssrc:2 ");
    expect(filtered).toContain("a=ssrc:1 cname:x");
  });

  it("rejects a section that would lose its last codec, with one format left", () => {
    const filtered = filterCodecs(offer, ["AV1"]).toString();
    expect(filtered).toContain("m=video 0 UDP/TLS/RTP/SAVPF 96\r\n");
    expect(filtered).not.toMatch(/:(102|97|118)|apt=|,102/);
    expect(filtered).toContain("a=group:BUNDLE 0 2\r\n");
  });

  it("returns the document itself when nothing goes", () => {
    expect(filterCodecs(offer, ["VP8", "H264"]).toString()).toBe(offer);
    expect(filterCodecs(offer, ["nothing-known"]).toString()).toBe(offer);
    expect(filterCodecs("hello", ["VP8"]).toString()).toBe("hello");
  });

  it("keeps LF line ends and odd spacing", () => {
    const text = "m=video 9 RTP/AVP  96   98 \na=rtpmap:96 VP8/90000\na=rtpmap:98 VP9/90000\na=x:y";
    expect(filterCodecs(text, ["VP8"]).toString()).toBe(
      "m=video 9 RTP/AVP  96   \na=rtpmap:96 VP8/90000\na=x:y",
    );
  });

  it("takes no line for one that names a format because the next one does", () => {
    const text =
      "m=video 9 RTP/AVP 96 98\na=rtpmap:96 VP8/90000\na=rtpmap:98 VP9/90000\na=fmtp\n98 x=1\n";
    expect(filterCodecs(text, ["VP8"]).toString()).toBe(
      "m=video 9 RTP/AVP 96\na=rtpmap:96 VP8/90000\na=fmtp\n98 x=1\n",
    );
  });

  it("removes the formats of an m= line whose fields are broken", () => {
    const text = "m=video 9RTP/AVP 96 97 98\na=rtpmap:97 VP8/90000\na=rtpmap:98 VP9/90000\n";
    expect(filterCodecs(text, ["VP8"]).toString()).toBe(
      "m=video 9RTP/AVP 96 97\na=rtpmap:97 VP8/90000\n",
    );
  });

  it("is done at the second time", () => {
    const once = filterCodecs(offer, ["VP8", "opus"]).toString();
    expect(filterCodecs(once, ["VP8", "opus"]).toString()).toBe(once);
  });

  it("follows chains: RTX of RED of opus goes with opus", () => {
    const text = withCRLF(`m=audio 9 UDP/TLS/RTP/SAVPF 111 63 64 0
a=rtpmap:111 opus/48000/2
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:64 rtx/48000
a=fmtp:64 apt=63`);
    expect(filterCodecs(text, ["PCMU"]).toString()).toBe("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n");
    expect(filterCodecs(text, ["opus"]).toString()).toContain("SAVPF 111 63 64\r\n");
  });

  it.each([
    [["VP8", "opus"]],
    [["H264", "PCMU", "telephone-event"]],
    [[{ name: "H264", fmtp: "packetization-mode=1" }, "red/48000/2"]],
    [["AV1", "nothing-known"]],
  ])("does with patterns what it does with their selection: %j", (patterns) => {
    for (const { text } of sdpFixtures) {
      for (const dependents of ["keep", "drop"] as const) {
        const selection = selectCodecs(text, patterns, { dependents });
        const filtered = filterCodecs(text, patterns, { dependents }).toString();
        expect(filtered).toBe(filterCodecs(text, selection).toString());
      }
    }
  });

  it("keeps untouched lines as the same objects, and untouched sections too", () => {
    const document = parse(offer);
    const filtered = filterCodecs(document, ["VP8"]);
    expect(filtered.session).toBe(document.session);
    expect(filtered.media[0]).toBe(document.media[0]);
    const before = new Map(document.media[1]?.lines.map((line) => [line.source, line]));
    const shared = filtered.media[1]?.lines.filter((line) => before.get(line.source) === line);
    const isNew = ({ source }: { readonly source: string }) => !before.has(source);
    expect(filtered.media[1]?.lines.filter(isNew)).toHaveLength(3);
    expect(shared).toHaveLength((filtered.media[1]?.lines.length ?? 0) - 3);
    expect(filtered.media[1]?.lines.map(({ source }) => source)).toEqual(
      parse(filtered.toString()).media[1]?.lines.map(({ source }) => source),
    );
  });

  it("throws on a selection of another description", () => {
    const selection = selectCodecs(offer, ["VP8"]);
    expect(() => filterCodecs(video("98"), selection)).toThrow(
      /drops format 102 of media section 1/,
    );
  });
});

describe("selectCodecs", () => {
  it("gives a reason for every format, in both languages", () => {
    const { kept, dropped } = selectCodecs(offer, ["VP8", "opus"]);
    expect(kept.map(({ format }) => format)).toEqual([
      "111",
      "63",
      "110",
      "96",
      "97",
      "118",
      "119",
      "120",
      "49",
    ]);
    expect(dropped.map(({ format, reason }) => [format, reason.en])).toEqual([
      ["9", "G722/8000 is not among the wanted codecs: VP8, opus."],
      ["0", "PCMU/8000 is not among the wanted codecs: VP8, opus."],
      ["8", "PCMA/8000 is not among the wanted codecs: VP8, opus."],
      ["13", "No codec with clock rate 8000 stays that CN/8000 could go along with."],
      ["126", "No codec with clock rate 8000 stays that telephone-event/8000 could go along with."],
      ["102", "H264/90000 is not among the wanted codecs: VP8, opus."],
      ["103", "rtx/90000 refers to H264/90000 (102), which goes."],
    ]);
    for (const { reason } of [...kept, ...dropped]) expect(reason.ko).not.toBe("");
  });

  it("names the profile that does not fit", () => {
    const { dropped } = selectCodecs(offer, [{ name: "H264", fmtp: "profile-level-id=640c1f" }]);
    expect(dropped.find(({ format }) => format === "102")?.reason.en).toBe(
      "The profiles differ: 42e01f (Constrained Baseline) and 640c1f (Constrained High).",
    );
  });
});
