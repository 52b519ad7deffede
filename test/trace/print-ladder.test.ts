import { readdirSync, readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Trace, TraceEvent } from "../../lib/doors/trace.ts";
import { printLadder, readTrace } from "../../lib/doors/trace.ts";
import { displayWidth } from "../../lib/text.ts";

const folder = new URL("../fixtures/traces/", import.meta.url);
const recorded = readdirSync(folder).map(
  (name) => [name, readTrace(readFileSync(new URL(name, folder), "utf8")).trace] as const,
);

const candidate = "candidate:1 1 udp 2122260223 192.0.2.7 5000 typ host";
const sdp = "v=0\r\n";

/** A call as short as one can be; `names` are those of the two peers. */
function trace(events: readonly Omit<TraceEvent, "seq">[], names = ["Alice", "Bob"]): Trace {
  return {
    header: {
      sdpscope: 1,
      id: "t",
      startedAt: "2026-11-21T00:00:00.000Z",
      clock: "monotonic",
      source: { format: "recorder" },
      peers: [
        { id: "a", ...(names[0] !== undefined && { name: names[0] }) },
        { id: "b", ...(names[1] !== undefined && { name: names[1] }) },
      ],
    },
    events: events.map((event, index) => ({ ...event, seq: index + 1 }) as TraceEvent),
  };
}

const memory = { kind: "signal", transport: "memory" } as const;
const offered = [
  { t: 1, peer: "a", kind: "create", pc: "1" },
  {
    t: 2,
    peer: "a",
    ...memory,
    direction: "out",
    message: 1,
    type: "offer",
    data: { type: "offer", sdp },
  },
  {
    t: 6,
    peer: "b",
    ...memory,
    direction: "in",
    message: 1,
    type: "offer",
    data: { type: "offer", sdp },
  },
  {
    t: 7,
    peer: "b",
    pc: "1",
    kind: "call",
    call: 1,
    method: "setRemoteDescription",
    arguments: [{ type: "offer", sdp }],
  },
  {
    t: 9,
    peer: "b",
    pc: "1",
    kind: "settle",
    call: 1,
    error: { name: "OperationError", message: "No m= line" },
  },
  { t: 4009, peer: "b", pc: "1", kind: "state", machine: "connection", to: "closed" },
] as unknown as readonly Omit<TraceEvent, "seq">[];

describe("a ladder as text", () => {
  test("shows points, messages, errors and silence in order of time", () => {
    expect(printLadder(trace(offered)).split("\n")).toEqual([
      "        Alice                         Bob",
      "        │                             │",
      "0.0010  ● new RTCPeerConnection 1     │",
      "0.0020  ├── offer 32 B ──────────────▶│  4.0 ms",
      "0.0070  │                             ✗ setRemoteDescription offer  2.0 ms · OperationError: No m= line",
      "        ⋮ 4.0 s without events",
      "4.0090  │                             ● connection closed",
      "",
    ]);
  });

  test("keeps the lifelines in place under wide names, in Korean", () => {
    const lines = printLadder(trace(offered, ["앨리스", "밥"]), { lang: "ko" }).split("\n");
    const [head = "", , first = ""] = lines;
    expect(head.slice(0, head.indexOf("밥"))).toSatisfy(
      (text: string) => displayWidth(text) === displayWidth(first.slice(0, first.lastIndexOf("│"))),
    );
    expect(lines[5]).toBe("        ⋮ 4.0초 동안 이벤트 없음");
  });

  test("tells a message apart that something happened before, at its receiver", () => {
    const between = { t: 4, peer: "b", kind: "create", pc: "1" } as Omit<TraceEvent, "seq">;
    const lines = printLadder(trace([...offered.slice(0, 2), between, ...offered.slice(2)])).split(
      "\n",
    );
    expect(lines[3]).toMatch(/^0\.0020 {2}● sends offer 32 B/);
    expect(lines[4]).toMatch(/^0\.0040 {2}│ +● new RTCPeerConnection 1$/);
    expect(lines[5]).toMatch(/^0\.0060 {2}├── offer 32 B ─+▶│ {2}4\.0 ms$/);
  });

  test("shows a message that never arrived as lost", () => {
    const other = { ...offered[2], message: 2, data: { type: "answer", sdp: "v=0\r\ns=x\r\n" } };
    const ended = { t: 5000, kind: "end", peer: "a", reason: "closed" };
    const sent = { ...offered[1], transport: "ws" };
    const lost = [sent, { ...other, transport: "ws" }, ended] as readonly Omit<TraceEvent, "seq">[];
    expect(printLadder(trace(lost))).toMatch(/├── offer 32 B ─+▶│ +│ +lost\n/);
  });

  test.each(recorded)(
    "of %s is the same in colour and without, and never moves a lifeline",
    (_name, one) => {
      const plain = printLadder(one);
      const coloured = printLadder(one, { colour: true });
      expect(stripVTControlCharacters(coloured).replace(/ +$/gm, "")).toBe(plain);
      expect(coloured).not.toBe(plain);
      const times = plain.split("\n").flatMap((line) => /^ *(\d+\.\d{4}) /.exec(line)?.[1] ?? []);
      expect(times.length).toBeGreaterThan(5);
    },
  );

  test("shows control characters of a hostile name as visible ones", () => {
    const text = printLadder(trace(offered, ["\u001b[2J\u202eevil\nname", "Bob"]));
    expect([...text].filter((one) => one === "\u001b" || one === "\u202e")).toEqual([]);
    expect(text.split("\n")).toHaveLength(8);
  });

  test("of nothing is nothing but its head", () => {
    const { header } = trace([]);
    expect(printLadder({ header, events: [] }).trim()).toBe("");
  });
});

describe("a ladder as Mermaid", () => {
  test("is a sequence diagram", () => {
    expect(printLadder(trace(offered), { format: "mermaid" })).toBe(
      [
        "sequenceDiagram",
        "  participant p0 as Alice",
        "  participant p1 as Bob",
        "  Note over p0: 0.001 s new RTCPeerConnection 1",
        "  p0->>p1: 0.002 s offer 32 B · 4.0 ms",
        "  Note over p1: 0.007 s setRemoteDescription offer · 2.0 ms · OperationError: No m= line",
        "  Note over p0,p1: 4.0 s without events",
        "  Note over p1: 4.009 s connection closed",
        "",
      ].join("\n"),
    );
  });

  test("writes what Mermaid takes for its own as entities", () => {
    const text = printLadder(trace(offered, ["end; #1 %% <b>", "Bob"]), { format: "mermaid" });
    expect(text).toContain("participant p0 as #101;nd#59; #35;1 #37;#37; #60;b#62;\n");
  });
});

describe("a ladder as SVG", () => {
  test.each(recorded)("of %s is well-formed and links to nothing", (_name, one) => {
    const svg = printLadder(one, { format: "svg" });
    const body = svg.replace(/<style>.*?<\/style>/, "").replace(/&#\d+;/g, "");
    const open: string[] = [];
    for (const [, close, name = "", isEmpty] of body.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(name);
      else if (!isEmpty) open.push(name);
    }
    expect(open).toEqual([]);
    expect(body).not.toMatch(/&|href|<script|url\(/);
  });

  test("escapes hostile names", () => {
    const svg = printLadder(trace(offered, ['<script>"&', "Bob"]), { format: "svg" });
    expect(svg).toContain("&#60;script&#62;&#34;&#38;");
    expect(svg).not.toContain("<script");
  });
});

test("an unknown format is refused with those that there are", () => {
  expect(() => printLadder(trace([]), { format: "pdf" as "svg" })).toThrow(
    new RangeError('A ladder\'s format is "text", "mermaid" or "svg"; got "pdf".'),
  );
});

test("candidates are named by type, transport and address", () => {
  const given = {
    t: 1,
    peer: "a",
    pc: "1",
    kind: "candidate",
    side: "local",
    candidate: { candidate },
  };
  expect(printLadder(trace([given as unknown as Omit<TraceEvent, "seq">]))).toContain(
    "● gathers host udp 192.0.2.7:5000",
  );
});
