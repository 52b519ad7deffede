import { describe, expect, it } from "vitest";
import { filterCodecs } from "../../lib/offer-answer/filter-codecs.ts";
import { parse } from "../../lib/sdp/parse.ts";

const head = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n";
const run =
  "a=rtpmap:96 VP8/90000\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\na=rtpmap:98 VP9/90000\r\n";

function section(mid: number, lines: string): string {
  return `m=video 9 UDP/TLS/RTP/SAVPF 96 97 98\r\na=mid:${mid}\r\n${lines}`;
}

/** Each section filtered in a description of its own. */
function apart(sections: readonly string[]): string {
  const each = sections.map((text) => String(filterCodecs(head + text, ["VP8"])));
  return head + each.map((text) => text.slice(head.length)).join("");
}

describe("sections that have the same lines about formats", () => {
  const same = section(0, run);
  it.each([
    ["and nothing else", section(1, run)],
    ["at another line", section(1, `a=sendrecv\r\na=rtcp-mux\r\n${run}a=rtcp-rsize\r\n`)],
    ["and one more behind", section(1, `${run}a=rtcp-fb:98 nack\r\n`)],
    ["and an rtpmap further down", section(1, `${run}a=rtcp-mux\r\na=rtpmap:98 VP8/90000\r\n`)],
    ["and parameters further down", section(1, `${run}a=rtcp-mux\r\na=fmtp:97 apt=98\r\n`)],
    ["with a letter changed", section(1, run.replace("VP9", "VP8"))],
    ["with other line ends", section(1, run.replaceAll("\r\n", "\r"))],
    ["in another m= line", section(1, run).replace(" 97 98", " 98 97")],
    ["and rejected", section(1, run).replace("m=video 9", "m=video 0")],
    ["without the last line end", section(1, run.slice(0, -2))],
  ])("are filtered as each would be alone: %s", (_, other) => {
    expect(String(filterCodecs(head + same + other, ["VP8"]))).toBe(apart([same, other]));
    expect(String(filterCodecs(head + same + other + same, ["VP8"]))).toBe(
      apart(other.endsWith("\n") ? [same, other, same] : [same, other + same]),
    );
  });

  it("may have any number of lines that go one by one", { timeout: 60_000 }, () => {
    const long = run + "a=rtcp-fb:96 nack\na=rtcp-fb:98 nack\n".repeat(150_000);
    const filtered = String(filterCodecs(head + section(0, long) + section(1, long), ["VP8"]));
    expect(filtered.length).toBeGreaterThan(2 * 150_000 * "a=rtcp-fb:96 nack\n".length);
    expect(filtered).not.toContain("98");
  });

  it("keep the objects of their lines", () => {
    const document = parse(head + same + section(1, `a=sendrecv\r\n${run}`));
    const { media } = filterCodecs(document, ["VP8"]);
    media.forEach(({ lines }, at) => {
      const before = document.media[at]?.lines ?? [];
      expect(lines.slice(1).every((line) => before.includes(line))).toBe(true);
      expect(lines.slice(1).map(({ source }) => source)).not.toContain("a=rtpmap:98 VP9/90000");
    });
  });

  it("have the lines of their text where a removed line makes one line end of CR and LF", () => {
    const text =
      head +
      section(
        0,
        "a=x\ra=rtpmap:98 VP9/90000\r\na=fmtp:98 profile-id=0\r\n\na=rtpmap:96 VP8/90000\r\n",
      );
    const filtered = filterCodecs(text, ["VP8"]);
    const read = (document: typeof filtered) =>
      document.media.map(({ lines }) => lines.map(({ source, eol }) => [source, eol]));
    expect(read(filtered)).toEqual(read(parse(String(filtered))));
  });
});
