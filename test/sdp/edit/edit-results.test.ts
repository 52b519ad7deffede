import { describe, expect, it } from "vitest";
import { parseCandidate } from "../../../lib/ice/parse-candidate.ts";
import { asToTias, tiasToAs } from "../../../lib/sdp/bandwidth-units.ts";
import type { SdpDocument } from "../../../lib/sdp/document.ts";
import { addCandidates } from "../../../lib/sdp/edit/add-candidates.ts";
import { filterExtensions } from "../../../lib/sdp/edit/filter-extensions.ts";
import { rejectSection } from "../../../lib/sdp/edit/reject-section.ts";
import { removeCandidates } from "../../../lib/sdp/edit/remove-candidates.ts";
import { removeRid } from "../../../lib/sdp/edit/remove-rid.ts";
import { renumberExtensions } from "../../../lib/sdp/edit/renumber-extensions.ts";
import { setAttribute } from "../../../lib/sdp/edit/set-attribute.ts";
import { setBandwidth } from "../../../lib/sdp/edit/set-bandwidth.ts";
import { setDirection } from "../../../lib/sdp/edit/set-direction.ts";
import { setFormatParameters } from "../../../lib/sdp/edit/set-format-parameters.ts";
import { setMsids } from "../../../lib/sdp/edit/set-msids.ts";
import { setRid } from "../../../lib/sdp/edit/set-rid.ts";
import { setSimulcast } from "../../../lib/sdp/edit/set-simulcast.ts";
import { readDescription } from "../../../lib/sdp/read-description.ts";
import { sdpFixture } from "../../support/sdp-fixtures.ts";

/** Edits one section: the lines before and after, without the m= line that is put before them. */
function edited(edit: (text: string) => SdpDocument, ...lines: string[]): string[] {
  const text = ["m=video 9 UDP/TLS/RTP/SAVPF 96 97 98", ...lines, ""].join("\r\n");
  return edit(text).toString().split("\r\n").slice(1, -1);
}

describe("setAttribute", () => {
  it("replaces the first of a name in its place and removes the others", () => {
    const edit = (text: string) => setAttribute(text, 0, "mid", "v");
    expect(edited(edit, "a=mid:0", "a=midi:1", "a=mid:2", "a=x")).toEqual([
      "a=mid:v",
      "a=midi:1",
      "a=x",
    ]);
  });

  it("adds it at the end, before trailing blank lines, as a flag without a value", () => {
    const edit = (text: string) => setAttribute(text, 0, "rtcp-mux");
    expect(edited(edit, "a=x", "")).toEqual(["a=x", "a=rtcp-mux", ""]);
  });
});

describe("setDirection", () => {
  it.each([
    [
      ["a=sendrecv", "a=mid:0"],
      ["a=inactive", "a=mid:0"],
    ],
    [
      ["a=sendonly", "a=mid:0", "a=recvonly"],
      ["a=inactive", "a=mid:0"],
    ],
    [["a=mid:0"], ["a=mid:0", "a=inactive"]],
    [["a=sendrecvfoo"], ["a=sendrecvfoo", "a=inactive"]],
  ])("%s", (before, after) => {
    expect(edited((text) => setDirection(text, 0, "inactive"), ...before)).toEqual(after);
  });

  it("sets the default of the session part", () => {
    const document = setDirection("v=0\r\nm=audio 9 RTP/AVP 0\r\n", -1, "sendonly");
    expect(document.toString()).toBe("v=0\r\na=sendonly\r\nm=audio 9 RTP/AVP 0\r\n");
    expect(readDescription(document).media[0]?.direction).toBe("sendonly");
  });
});

describe("setBandwidth", () => {
  it.each([
    [
      "inserts behind c=",
      { as: 500 },
      ["c=IN IP4 0.0.0.0", "a=x"],
      ["c=IN IP4 0.0.0.0", "b=AS:500", "a=x"],
    ],
    [
      "inserts behind m= where nothing else stands",
      { tias: 1000 },
      ["a=x"],
      ["b=TIAS:1000", "a=x"],
    ],
    ["replaces in place", { as: 500 }, ["b=AS:9", "b=CT:7", "a=x"], ["b=AS:500", "b=CT:7", "a=x"]],
    [
      "converts a TIAS that stands there",
      { as: 500 },
      ["b=TIAS:9", "b=AS:9"],
      ["b=TIAS:459000", "b=AS:500"],
    ],
    [
      "converts an AS that stands there",
      { tias: 459_000 },
      ["b=AS:9"],
      ["b=AS:500", "b=TIAS:459000"],
    ],
    ["takes both as given", { as: 1, tias: 2 }, ["b=CT:7"], ["b=CT:7", "b=AS:1", "b=TIAS:2"]],
    ["keeps one line a unit", { as: 1 }, ["b=AS:5", "b=AS:6"], ["b=AS:1"]],
    ["lifts both", null, ["b=AS:5", "b=RS:6", "b=TIAS:7"], ["b=RS:6"]],
  ])("%s", (_name, limit, before, after) => {
    expect(edited((text) => setBandwidth(text, 0, limit), ...before)).toEqual(after);
  });

  it("inserts before t= in the session part", () => {
    const text = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n";
    expect(setBandwidth(text, -1, { as: 9 }).toString()).toBe(text.replace("t=0", "b=AS:9\r\nt=0"));
  });

  it("converts between the units as JSEP does, there and back", () => {
    expect(asToTias(500)).toBe(459_000);
    expect(asToTias(0)).toBe(0);
    for (let kbps = 20; kbps < 5000; kbps += 7) expect(tiasToAs(asToTias(kbps))).toBe(kbps);
  });
});

describe("rejectSection", () => {
  it("hands the port on alone, also to an m= line whose own cannot be read", () => {
    const text =
      "v=0\r\na=group:BUNDLE 0 1\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\nm=video 0x RTP/AVP  97 \r\na=bundle-only\r\na=mid:1\r\n";
    expect(rejectSection(text, 0).toString()).toContain(
      "\r\nm=video 9 RTP/AVP  97 \r\na=mid:1\r\n",
    );
  });

  const session = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1 2\r\n";
  const media = (mid: string, port: string, more = "") =>
    `m=video ${port} UDP/TLS/RTP/SAVPF 96 97\r\nc=IN IP4 192.0.2.${mid}\r\n${more}a=mid:${mid}\r\na=rtpmap:96 VP8/90000\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n`;

  it("sets port 0, keeps one format with its lines and leaves the group", () => {
    const text = `${session}${media("0", "9")}${media("1", "9", "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n")}`;
    expect(rejectSection(text, "1").toString()).toBe(
      `${session.replace("0 1 2", "0 2")}${media("0", "9")}m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 192.0.2.1\r\na=mid:1\r\na=rtpmap:96 VP8/90000\r\n`,
    );
  });

  it("hands the transport of a tagged section to the next one, also its port if that was bundle-only", () => {
    const transport =
      "a=ice-ufrag:abcd\r\na=ice-pwd:aaaaaaaaaaaaaaaaaaaaaa\r\na=fingerprint:sha-256 AA\r\na=setup:actpass\r\n";
    const text = `${session}${media("0", "50000", transport)}${media("1", "0", "a=bundle-only\r\n")}${media("2", "9")}`;
    const { media: after, bundle } = readDescription(rejectSection(text, "0"));
    expect(bundle?.mids).toEqual(["1", "2"]);
    expect(after[0]).toMatchObject({ isRejected: true, formats: ["96"] });
    expect(after[1]).toMatchObject({
      port: 50000,
      isBundleOnly: false,
      connection: { address: "192.0.2.0" },
      ice: { ufrag: "abcd", pwd: "aaaaaaaaaaaaaaaaaaaaaa" },
      dtls: { setup: "actpass", fingerprints: [{ value: "AA" }] },
    });
    expect(after[2]?.ice.ufrag).toBeUndefined();
  });

  it("removes a group that is left empty, and drops bundle-only", () => {
    const text = `${session.replace("0 1 2", "1")}${media("1", "0", "a=bundle-only\r\n")}`;
    const result = rejectSection(text, 0).toString();
    expect(result).not.toContain("a=group");
    expect(result).not.toContain("bundle-only");
    expect(readDescription(result).media[0]?.isRejected).toBe(true);
  });

  it("rejects every section of a recorded offer without leaving a reference behind", () => {
    const text = sdpFixture("chromium-156.0.8078.79/avd.offer");
    for (const mid of ["0", "1", "2"]) {
      const description = readDescription(rejectSection(text, mid));
      const rejected = description.media.find((section) => section.mid === mid);
      expect(rejected?.isRejected).toBe(true);
      expect(rejected?.formats).toHaveLength(1);
      expect(description.bundle?.mids).not.toContain(mid);
      const formats = rejected?.section.lines.flatMap(
        ({ source }) => /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/.exec(source)?.[1] ?? [],
      );
      expect(new Set(formats)).toEqual(new Set(rejected?.isRtp ? rejected.formats : []));
    }
  });
});

describe("candidates", () => {
  const host = "candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host generation 0";
  const relay = "candidate:2 1 udp 41885439 203.0.113.1 3478 typ relay raddr 192.0.2.1 rport 0";

  it("are added behind those that stand there, before end-of-candidates, each once", () => {
    const add = (text: string) => addCandidates(text, 0, [relay, `a=${host}`, relay]);
    expect(edited(add, "a=mid:0", `a=${host}`, "a=end-of-candidates", "a=x")).toEqual([
      "a=mid:0",
      `a=${host}`,
      `a=${relay}`,
      "a=end-of-candidates",
      "a=x",
    ]);
    expect(edited(add, "a=end-of-candidates")).toEqual([
      `a=${relay}`,
      `a=${host}`,
      "a=end-of-candidates",
    ]);
    expect(edited(add, "a=mid:0")).toEqual(["a=mid:0", `a=${relay}`, `a=${host}`]);
  });

  it("are added as objects, too", () => {
    const { candidate } = parseCandidate(host);
    expect(edited((text) => addCandidates(text, 0, candidate ? [candidate] : []))).toEqual([
      `a=${host}`,
    ]);
  });

  it("are removed where the function says so; a broken one stays", () => {
    const remove = (text: string) =>
      removeCandidates(
        text,
        ({ type }, { mLineIndex, mid }) => type !== "relay" && mLineIndex === 0 && mid === "0",
      );
    expect(edited(remove, "a=mid:0", `a=${host}`, `a=${relay}`, "a=candidate:broken")).toEqual([
      "a=mid:0",
      `a=${relay}`,
      "a=candidate:broken",
    ]);
  });
});

describe("header extensions", () => {
  it("are kept by URI or by function, in the session part too", () => {
    const text =
      "v=0\r\na=extmap:1 urn:a\r\nm=audio 9 RTP/AVP 0\r\na=extmap:2/sendonly urn:b x\r\na=extmap:3 urn:c\r\n";
    expect(filterExtensions(text, ["urn:a", "urn:c"]).toString()).toBe(
      text.replace("a=extmap:2/sendonly urn:b x\r\n", ""),
    );
    expect(filterExtensions(text, ({ direction }) => direction !== undefined).toString()).toBe(
      "v=0\r\nm=audio 9 RTP/AVP 0\r\na=extmap:2/sendonly urn:b x\r\n",
    );
  });

  const section = (mid: string, ...extensions: string[]) =>
    `m=video 9 RTP/AVP 96\r\na=mid:${mid}\r\n${extensions.map((one) => `a=extmap:${one}\r\n`).join("")}`;
  const ids = (document: SdpDocument) =>
    readDescription(document).media.map(({ extensions }) =>
      extensions.map(({ id, uri }) => `${id} ${uri}`),
    );

  it("get one id for one URI in a bundle, and keep their ids outside of it", () => {
    const text = `v=0\r\na=group:BUNDLE 0 1\r\n${section("0", "1 urn:a", "2 urn:b")}${section("1", "1 urn:b", "2/recvonly urn:c", "14 urn:a")}${section("2", "1 urn:z")}`;
    const document = renumberExtensions(text);
    expect(ids(document)).toEqual([
      ["1 urn:a", "2 urn:b"],
      ["2 urn:b", "3 urn:c", "1 urn:a"],
      ["1 urn:z"],
    ]);
    expect(document.toString()).toContain("a=extmap:3/recvonly urn:c");
    expect(renumberExtensions(document)).toBe(document);
  });

  it("get the ids wished, and go around them; 15 is never given", () => {
    const uris = Array.from({ length: 16 }, (_, at) => `1 urn:${at}`);
    const [found] = ids(renumberExtensions(`v=0\r\n${section("0", ...uris)}`, { "urn:0": 2 }));
    expect(found?.map((one) => Number.parseInt(one, 10))).toEqual([
      2, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17,
    ]);
  });

  it("may share a URI in one section where they did before", () => {
    const text = `v=0\r\n${section("0", "1/sendonly urn:a", "2/recvonly urn:a")}`;
    expect(renumberExtensions(text).toString()).toBe(text);
  });
});

describe("setFormatParameters", () => {
  const lines = [
    "a=rtpmap:96 VP8/90000",
    "a=rtcp-fb:96 nack",
    "a=rtpmap:97 rtx/90000",
    "a=fmtp:97 apt=96; Rtx-Time=3000",
  ];

  it.each([
    [
      "sets in place, by name in any case",
      97,
      { "rtx-time": 200 },
      "a=fmtp:97 apt=96; Rtx-Time=200",
    ],
    [
      "appends in the spacing of the line",
      97,
      { foo: "bar" },
      "a=fmtp:97 apt=96; Rtx-Time=3000; foo=bar",
    ],
    ["removes", 97, { "rtx-time": null }, "a=fmtp:97 apt=96"],
    ["takes a whole value", "97", "111/111", "a=fmtp:97 111/111"],
  ])("%s", (_name, format, parameters, line) => {
    const result = edited((text) => setFormatParameters(text, 0, format, parameters), ...lines);
    expect(result).toEqual([...lines.slice(0, 3), line]);
  });

  it("does not find stereo in sprop-stereo", () => {
    const result = edited(
      (text) => setFormatParameters(text, 0, 96, { stereo: 1 }),
      "a=rtpmap:96 opus/48000/2",
      "a=fmtp:96 sprop-stereo=0",
    );
    expect(result[1]).toBe("a=fmtp:96 sprop-stereo=0;stereo=1");
  });

  it("inserts a line behind those of the format, and removes one left empty", () => {
    const add = edited((text) => setFormatParameters(text, 0, 96, { "max-fs": 12288 }), ...lines);
    expect(add).toEqual([...lines.slice(0, 2), "a=fmtp:96 max-fs=12288", ...lines.slice(2)]);
    const remove = edited((text) => setFormatParameters(text, 0, 97, ""), ...lines);
    expect(remove).toEqual(lines.slice(0, 3));
    expect(edited((text) => setFormatParameters(text, 0, 98, { a: null }), ...lines)).toEqual(
      lines,
    );
  });
});

describe("msid, rid and simulcast", () => {
  it("setMsids replaces the lines, and ssrc lines follow", () => {
    const set = (text: string) => setMsids(text, 0, [{ stream: "s", track: "t" }, { stream: "-" }]);
    expect(
      edited(set, "a=msid:old", "a=x", "a=msid:older t", "a=ssrc:1 cname:c", "a=ssrc:1 msid:old t"),
    ).toEqual(["a=msid:s t", "a=msid:-", "a=x", "a=ssrc:1 cname:c", "a=ssrc:1 msid:s t"]);
    expect(edited((text) => setMsids(text, 0, []), "a=msid:old", "a=ssrc:1 msid:old t")).toEqual(
      [],
    );
  });

  const hi = {
    id: "hi",
    direction: "send",
    payloadTypes: ["96"],
    restrictions: [{ name: "max-width", value: "1280" }],
  } as const;

  it("setRid replaces the line of the same id, or adds one behind the others", () => {
    expect(edited((text) => setRid(text, 0, hi), "a=rid:hi send", "a=rid:lo send", "a=x")).toEqual([
      "a=rid:hi send pt=96;max-width=1280",
      "a=rid:lo send",
      "a=x",
    ]);
    expect(edited((text) => setRid(text, 0, hi), "a=rid:lo send", "a=x")).toEqual([
      "a=rid:lo send",
      "a=rid:hi send pt=96;max-width=1280",
      "a=x",
    ]);
  });

  it("setSimulcast writes alternatives and pauses", () => {
    const streams = [
      [{ rid: "hi", isPaused: false }],
      [
        { rid: "lo", isPaused: true },
        { rid: "hi", isPaused: false },
      ],
    ];
    const rids = ["a=rid:hi send", "a=rid:lo send"];
    expect(edited((text) => setSimulcast(text, 0, { send: streams }), ...rids)).toEqual([
      ...rids,
      "a=simulcast:send hi;~lo,hi",
    ]);
    expect(edited((text) => setSimulcast(text, 0, null), ...rids, "a=simulcast:send hi")).toEqual(
      rids,
    );
  });

  it("removeRid takes the id out of simulcast, and an empty simulcast away", () => {
    const remove = (text: string) => removeRid(text, 0, "hi");
    expect(
      edited(remove, "a=rid:hi send", "a=rid:lo send", "a=simulcast:send hi,lo;~hi recv x"),
    ).toEqual(["a=rid:lo send", "a=simulcast:send lo recv x"]);
    expect(edited(remove, "a=rid:hi send", "a=simulcast:send hi")).toEqual([]);
  });
});
