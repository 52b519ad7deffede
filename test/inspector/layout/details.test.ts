import { describe, expect, it } from "vitest";
import { alterationsOf } from "../../../inspector/layout/alterations.ts";
import { codecSections } from "../../../inspector/layout/codec-rows.ts";
import { markTokens } from "../../../inspector/layout/marked-tokens.ts";
import { pairMatrix } from "../../../inspector/layout/pair-matrix.ts";
import { readPasted } from "../../../inspector/layout/pasted.ts";
import { outlineSdp } from "../../../inspector/layout/sdp-outline.ts";
import { tokensOf } from "../../../inspector/layout/sdp-tokens.ts";
import { readStack } from "../../../inspector/layout/stack.ts";
import { pasteFragment, readPasteFragment } from "../../../inspector/source/paste-link.ts";
import { PastedTexts } from "../../../inspector/source/pasted.svelte.ts";
import { stateAt } from "../../../inspector/source/state-at.ts";
import type { CandidateRow, PairEvent, Round } from "../../../lib/index.ts";
import { parseCandidate, timeline } from "../../../lib/index.ts";
import { connectedTrace } from "../../support/sample-trace.ts";

const head = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
const offer = `${head}m=video 9 UDP/TLS/RTP/SAVPF 96 97 98\r\na=mid:0\r\na=setup:actpass\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:96 VP8/90000\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\na=rtpmap:98 VP9/90000\r\na=fmtp:98 profile-id=0\r\na=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\r\n`;
const answer = `${head}m=video 9 UDP/TLS/RTP/SAVPF 98\r\na=mid:0\r\na=setup:active\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:98 VP9/90000\r\na=fmtp:98 profile-id=0\r\n`;

describe("what is pasted", () => {
  it.each([
    ["a bare offer", offer, "description", "offer"],
    ["an answer that lost its CRLF", answer.replaceAll("\r\n", "\n"), "description", "answer"],
    [
      "JSON of a description",
      JSON.stringify({ type: "answer", sdp: offer }),
      "description",
      "answer",
    ],
    ["a string of a program", JSON.stringify(offer), "description", "offer"],
    ["a candidate", "a=candidate:1 1 udp 1 192.0.2.1 9 typ host", "candidates", undefined],
    ["an error", "Failed to parse SessionDescription.", "message", undefined],
  ])("is told apart: %s", (_, text, kind, type) => {
    const pasted = readPasted(text);
    expect(pasted.kind).toBe(kind);
    if (pasted.kind === "description") {
      expect(pasted.type).toBe(type);
      expect(pasted.sdp).toMatch(/^v=0\r\n/);
    }
  });

  it("puts the offer first, in whatever order the two come", () => {
    const texts = new PastedTexts();
    texts.add(answer);
    texts.add(offer);
    expect(texts.first?.type).toBe("offer");
    expect(texts.second?.sdp).toBe(answer);
    texts.add(offer.replace("VP8", "H264"));
    expect(texts.second).toBeUndefined();
  });

  it("comes back from a link as it was, and a damaged link gives nothing", async () => {
    const texts = [offer, '{"한글":"<b>"}'];
    const fragment = await pasteFragment(texts);
    expect(fragment).toMatch(/^#paste=[\w-]+$/);
    expect(await readPasteFragment(fragment)).toEqual(texts);
    expect(await readPasteFragment(fragment.slice(0, -9))).toBeUndefined();
    expect(await readPasteFragment("#paste=%00")).toBeUndefined();
    expect(await readPasteFragment("#other")).toBeUndefined();
  });

  it("is given up when a small link unpacks to more than a page", async () => {
    const bomb = await pasteFragment(["x".repeat(3_000_000)]);
    expect(bomb.length).toBeLessThan(10_000);
    expect(await readPasteFragment(bomb)).toBeUndefined();
  });
});

describe("the outline of a description", () => {
  it("keeps every line with its number and offset", () => {
    const sections = outlineSdp(offer);
    expect(sections.map(({ index }) => index)).toEqual([-1, 0]);
    for (const { text, start } of sections.flatMap(({ lines }) => lines))
      expect(offer.slice(start, start + text.length)).toBe(text);
    expect(sections[1]?.about).toEqual(["VP8/90000", "rtx/90000", "VP9/90000"]);
  });

  it("underlines the marked part of a line and loses no character", () => {
    const line = "m=video 9 UDP/TLS/RTP/SAVPF 96 97";
    const pieces = markTokens(tokensOf(line), [{ start: 28, end: 30, severity: "error" }]);
    expect(pieces.map(({ text }) => text).join("")).toBe(line);
    expect(pieces.filter(({ severity }) => severity).map(({ text }) => text)).toEqual(["96"]);
  });
});

describe("codecs offered and answered", () => {
  it("say who sends what, and what was dropped with its companions and extensions", () => {
    const [section] = codecSections(offer, answer);
    const told = section?.rows.map(({ codec, answered, sentBy }) => [codec.name, answered, sentBy]);
    expect(told).toEqual([
      ["VP8", undefined, []],
      ["rtx", undefined, []],
      ["VP9", 1, ["offerer", "answerer"]],
    ]);
    expect(section?.rows[0]?.reasons.length).toBeGreaterThan(0);
    expect(section?.extensions).toEqual([
      { uri: "urn:ietf:params:rtp-hdrext:sdes:mid", offered: 1 },
    ]);
  });
});

describe("the way of a description", () => {
  it("tells a change before it was applied from one on its way", () => {
    const step = (name: string, sdp: string, seq: number) => ({
      seq,
      t: seq,
      peer: "a",
      step: name,
      description: { type: "offer", sdp },
    });
    const munged = offer.replace("a=sendrecv", "a=sendonly");
    const steps = [
      step("created", offer, 1),
      step("set-local", munged, 2),
      step("sent", munged, 3),
    ];
    const round = { number: 1, offer: { description: steps[1]?.description, steps } };
    const found = alterationsOf(round as unknown as Round);
    expect(found.map(({ before, isChanged }) => [before, isChanged])).toEqual([
      ["setLocalDescription", true],
      ["send", false],
    ]);
    expect(found[0]?.changes.map(({ kind }) => kind)).toEqual(["direction"]);
  });
});

describe("a matrix of pairs", () => {
  const row = (text: string): CandidateRow =>
    ({ candidate: parseCandidate(text).candidate }) as CandidateRow;
  const local = [
    row("candidate:1 1 udp 2122260223 192.0.2.1 1000 typ host"),
    row("candidate:2 1 udp 2122194687 2001:db8::1 1000 typ host"),
  ];
  const remote = [row("candidate:3 1 udp 2122260223 192.0.2.2 2000 typ host")];

  it("lays recorded states over formed pairs, and says why a pair is impossible", () => {
    const event = {
      kind: "pair",
      seq: 7,
      t: 1,
      local: "candidate:1 1 udp 2122260223 192.0.2.1 1000 typ host",
      remote: "candidate:3 1 udp 2122260223 192.0.2.2 2000 typ host",
      state: "succeeded",
      nominated: true,
      selected: true,
    } satisfies PairEvent;
    const { list, others } = pairMatrix(local, remote, [event], true);
    expect(list.map(({ state, isSelected }) => [state, isSelected])).toEqual([
      ["succeeded", true],
      ["impossible", false],
    ]);
    expect(list[1]?.reasons[0]?.en).toMatch(/IPv[46]/);
    expect(list[0]?.priority).toBe(9115038255631187454n);
    expect(others).toEqual([]);
  });
});

describe("a connection at a time", () => {
  it("holds an offer as pending until the answer makes both current", () => {
    const lines = timeline(connectedTrace());
    const applied = lines.calls.filter(({ method }) => method.startsWith("set"));
    const first = applied[0];
    const after = stateAt(lines, first?.settle?.t ?? 0, first?.peer ?? "", first?.pc);
    expect(after.pendingLocal?.type).toBe("offer");
    expect(after.currentLocal).toBeUndefined();
    const end = stateAt(lines, Number.POSITIVE_INFINITY, first?.peer ?? "", first?.pc);
    expect([end.currentLocal?.type, end.currentRemote?.type]).toEqual(["offer", "answer"]);
    expect([end.pendingLocal, end.pendingRemote]).toEqual([undefined, undefined]);
  });
});

describe("a stack", () => {
  it.each([
    [
      "V8",
      "Error\n    at call (https://app.test/js/main.js:12:34)\n    at https://app.test/x.js:1:2",
    ],
    ["SpiderMonkey", "call@https://app.test/js/main.js:12:34\n@https://app.test/x.js:1:2"],
  ])("is read as %s writes it", (_, stack) => {
    expect(readStack(stack)).toEqual([
      {
        name: "call",
        file: "https://app.test/js/main.js",
        short: "js/main.js",
        line: 12,
        column: 34,
        isLibrary: false,
      },
      {
        name: "",
        file: "https://app.test/x.js",
        short: "app.test/x.js",
        line: 1,
        column: 2,
        isLibrary: false,
      },
    ]);
  });

  it("tells the engine's and dependencies' frames", () => {
    const [a, b] = readStack("    at f (node:events:1:2)\n    at g (/app/node_modules/x/y.js:3:4)");
    expect([a?.isLibrary, b?.isLibrary]).toEqual([true, true]);
  });
});
