import { describe, expect, test } from "vitest";
import type { TraceEvent } from "../../lib/trace/event.ts";
import { importTrace } from "../../lib/trace/import-trace.ts";
import { importers } from "../../lib/trace/importers/catalog.ts";
import { timeline } from "../../lib/trace/timeline.ts";
import type { Trace } from "../../lib/trace/trace.ts";
import {
  answer,
  candidates,
  dumpSamples,
  janusEvents,
  offer,
  readDump,
  savedPage,
} from "../support/dump-samples.ts";
import { importFault } from "../support/import-check.ts";
import { chanceFrom, mutate } from "../support/mutate.ts";
import {
  asLines,
  asOldInternals,
  inAmerican,
  inGerman,
  inKorean,
  type WriteTime,
} from "../support/older-dumps.ts";

function only(text: string): Trace {
  const { traces } = importTrace(text);
  expect(traces).toHaveLength(1);
  return traces[0] as Trace;
}

function ofKind<Kind extends TraceEvent["kind"]>(
  { events }: Trace,
  kind: Kind,
): Extract<TraceEvent, { kind: Kind }>[] {
  return events.filter((event) => event.kind === kind) as Extract<TraceEvent, { kind: Kind }>[];
}

const codes = (text: string): readonly string[] =>
  importTrace(text).diagnostics.map(({ code }) => code);

/** The state changes of each connection, in order. */
function states(trace: Trace): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const { pc, machine, id, from, to } of ofKind(trace, "state")) {
    const key = `${pc} ${machine} ${id ?? ""}`;
    found[key] = [...(found[key] ?? []), `${from} → ${to}`];
  }
  return found;
}

function textOf(value: unknown): string {
  const { sdp, candidate } = value as { readonly sdp?: string; readonly candidate?: string };
  return sdp ?? candidate ?? "";
}

/** What a ladder shows, without its times. */
function shown(trace: Trace): readonly unknown[] {
  const { ladder } = timeline(trace);
  const items = new Map(ladder.items.map((item) => [item.seq, item]));
  const words = (seq: number | undefined): string => {
    const item = items.get(seq ?? 0);
    const what = item?.call?.method ?? item?.candidate?.init?.candidate ?? item?.event.kind;
    return `${item?.event.pc} ${what} ${item?.error?.message ?? ""}`;
  };
  return [
    ladder.columns,
    ...ladder.items
      .filter(({ event }) => event.kind !== "note" && event.kind !== "pair")
      .map(({ seq, column }) => `${column} ${words(seq)}`)
      .sort(),
    ...ladder.arrows.map(({ from, to, type, isRefused }) => [
      words(from),
      words(to),
      type,
      isRefused,
    ]),
  ];
}

describe("importTrace", () => {
  test.each(dumpSamples())("knows $name as $format by its content", ({ format, text }) => {
    const result = importTrace(text);
    expect(result.format?.id).toBe(format);
    expect(result.traces.length).toBeGreaterThan(0);
    expect(result.traces.every(({ events }) => events.length > 0)).toBe(true);
    expect(result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test.each(dumpSamples())("takes $name for no other format", ({ format, text }) => {
    const importer = importers.find(({ id }) => id === format);
    expect(importer).toBeDefined();
    const result = importTrace(`\ufeff\n \n${text}`);
    expect(result.format?.id).toBe(format);
  });

  test("gives a file the same id each time, and another file another one", () => {
    const text = readDump("chromium/alice.internals.json");
    const { id } = only(text).header;
    expect(only(text).header.id).toBe(id);
    expect(only(readDump("chromium/bob.internals.json")).header.id).not.toBe(id);
  });

  test("says what a format cannot know, in the header and as a diagnostic each", () => {
    const { header } = only(readDump("chromium/call.internals.json"));
    expect(header.source.limits).toContain("no-signaling");
    expect(codes(readDump("chromium/call.internals.json"))).toContain("import/no-signaling");
  });

  test("refuses an unknown text with its beginning, the nearest format, and why each format does not fit", () => {
    const { traces, format, diagnostics } = importTrace('{"getUserMedia":[],"something":1}');
    expect(traces).toEqual([]);
    expect(format).toBeUndefined();
    const [diagnostic] = diagnostics;
    expect(diagnostic?.code).toBe("import/unknown-format");
    expect(diagnostic?.message.en).toBe(
      'The text is of no known format; it begins with "{\\"getUserMedia\\":[],\\"something\\":1}" (7b 22 67 65 74 55 73 65). The nearest format is webrtc-internals dump.',
    );
    expect(diagnostic?.related).toHaveLength(importers.length);
    expect(diagnostic?.related?.[0]?.message.en).toBe(
      'webrtc-internals dump: It has no "PeerConnections".',
    );
  });

  test.each(["", " \n", "hello", "{}", "[]", "null", "\0\0\0", "<html></html>"])(
    "refuses %j",
    (text) => {
      const { traces, diagnostics } = importTrace(text);
      expect(traces).toEqual([]);
      expect(diagnostics.map(({ code }) => code)).toEqual(["import/unknown-format"]);
    },
  );

  test.each(dumpSamples())(
    "gives what stands before the end of $name, cut off anywhere",
    ({ text }) => {
      for (let cut = 1; cut < 16; cut++) {
        expect(importFault(text.slice(0, Math.floor((text.length * cut) / 16)))).toBeUndefined();
      }
    },
  );

  test.each(dumpSamples())("takes $name damaged", ({ text }) => {
    const chance = chanceFrom(7);
    for (let round = 0; round < 25; round++)
      expect(importFault(mutate(text, chance))).toBeUndefined();
  });

  test("keeps most of a dump that was cut in the middle, and says so", () => {
    const text = readDump("chromium/call.internals.json");
    const { traces, diagnostics } = importTrace(text.slice(0, text.length / 2));
    expect(traces[0]?.events.length).toBeGreaterThan(20);
    expect(traces[0]?.header.source.limits).toContain("cut-off");
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ code: "import/cut-off", severity: "warning" }),
    );
  });
});

describe("the same session in two formats", () => {
  test.each(["call", "refused", "alice", "bob"])(
    "gives the same ladder and the same states: %s, both downloads of Chromium",
    (name) => {
      const internals = only(readDump(`chromium/${name}.internals.json`));
      const rtcstats = only(readDump(`chromium/${name}.rtcstats.gz`));
      expect(states(rtcstats)).toEqual(states(internals));
      const [columns, ...rest] = shown(internals);
      const [otherColumns, ...otherRest] = shown(rtcstats);
      expect(otherRest).toEqual(rest);
      const ids = (list: unknown): unknown => (list as { id: string }[]).map(({ id }) => id);
      expect(ids(otherColumns)).toEqual(ids(columns));
    },
  );

  test("gives the same descriptions, candidates and states as an rtcstats log without header", () => {
    const dump = readDump("chromium/call.rtcstats.gz");
    const [v3, v2] = [only(dump), only(asLines(dump))];
    expect(states(v2)).toEqual(states(v3));
    expect(timeline(v2).candidates.map(({ init }) => init)).toEqual(
      timeline(v3).candidates.map(({ init }) => init),
    );
    expect(timeline(v2).rounds.length).toBe(timeline(v3).rounds.length);
  });

  test.each<[string, WriteTime]>([
    ["Korean", inKorean],
    ["American", inAmerican],
    ["German", inGerman],
  ])("gives the same states from an old dump with %s times", (_name, write) => {
    const text = readDump("chromium/call.internals.json");
    const [today, old] = [only(text), only(asOldInternals(text, write))];
    expect(old.header.clock).toBe("second");
    expect(old.header.source.limits).not.toContain("local-time");
    // The zone is concluded from the statistics, which are in UTC.
    const apart = Date.parse(old.header.startedAt) - Date.parse(today.header.startedAt);
    expect(Math.abs(apart)).toBeLessThan(1500);
    expect(states(old)).toEqual(states(today));
    const calls = (trace: Trace): unknown =>
      timeline(trace)
        .calls.filter(({ method }) => /Offer|Answer|Description|Candidate/.test(method))
        .map(({ pc, method, begin, error }) => [
          pc,
          method,
          begin.arguments[0] && textOf(begin.arguments[0]),
          error,
        ])
        .filter(([, method]) => !String(method).startsWith("create"))
        .map((row) => JSON.stringify(row))
        .sort();
    expect(calls(old)).toEqual(calls(today));
  });
});

describe("a webrtc-internals dump", () => {
  test("makes two peers of a page that calls itself, and draws what went between them", () => {
    const trace = only(readDump("chromium/call.internals.json"));
    expect(trace.header.peers.map(({ name }) => name)).toEqual(["tab 8", "tab 8 (2)"]);
    const { arrows } = timeline(trace).ladder;
    const descriptions = arrows.filter(({ type }) => type !== "candidate");
    expect(descriptions.map(({ fromColumn, type }) => [fromColumn, type])).toEqual([
      ["8", "offer"],
      ["8-2", "answer"],
      ["8", "offer"],
      ["8-2", "answer"],
    ]);
    expect(arrows.every(({ isInferred }) => isInferred)).toBe(true);
  });

  test("keeps refused calls with their errors, and those of which Chromium writes no SDP", () => {
    const { calls, ladder } = timeline(only(readDump("chromium/refused.internals.json")));
    const refused = calls
      .filter(({ error }) => error)
      .map(({ method, error }) => [method, error?.message]);
    expect(refused).toContainEqual(["addIceCandidate", "The remote description was null"]);
    expect(refused).toContainEqual([
      "setRemoteDescription",
      "Failed to set remote answer sdp: Called in wrong state: stable",
    ]);
    const unparsed = calls.find(({ error }) => error?.message.includes("Failed to parse"));
    expect(unparsed?.begin.arguments).toEqual([]);
    expect(
      ladder.arrows.filter(({ isRefused, type }) => isRefused && type === "candidate").length,
    ).toBeGreaterThan(0);
  });

  test("finds the selected pair and the statistics, without Chromium's own rates", () => {
    const trace = only(readDump("chromium/call.internals.json"));
    const pairs = ofKind(trace, "pair");
    expect(pairs.length).toBeGreaterThanOrEqual(2);
    const gathered = new Set(
      ofKind(trace, "candidate").flatMap(({ candidate }) => candidate?.candidate ?? []),
    );
    expect(pairs.every(({ local }) => gathered.has(local))).toBe(true);
    const fields = ofKind(trace, "stats").flatMap(({ report }) =>
      Object.values(report).flatMap((entry) => Object.keys(entry as object)),
    );
    expect(fields).toContain("bytesSent");
    expect(fields.filter((name) => name.startsWith("["))).toEqual([]);
  });

  test("makes a session of each page that has nothing to do with the others", () => {
    const alice = JSON.parse(readDump("chromium/alice.internals.json"));
    const call = JSON.parse(readDump("chromium/call.internals.json"));
    const [key = ""] = Object.keys(alice.PeerConnections);
    const both = {
      ...call,
      PeerConnections: { ...call.PeerConnections, "99-1": alice.PeerConnections[key] },
    };
    const { traces } = importTrace(JSON.stringify(both));
    expect(traces.map(({ header }) => header.peers.length)).toEqual([2, 1]);
    expect(new Set(traces.map(({ header }) => header.id)).size).toBe(2);
  });

  test("says that times are local where nothing tells the zone, and keeps the order", () => {
    const text = JSON.stringify({
      PeerConnections: {
        "1-1": {
          updateLog: [
            {
              time: "2024. 3. 5. 오후 3:04:05",
              type: "signalingStateChange",
              value: "SignalingStateHaveLocalOffer",
            },
            {
              time: "2024. 3. 5. 오후 3:04:05",
              type: "signalingStateChange",
              value: "SignalingStateStable",
            },
            {
              time: "2024. 3. 5. 오후 3:04:06",
              type: "iceConnectionStateChange",
              value: "ICEConnectionStateChecking",
            },
          ],
        },
      },
    });
    const trace = only(text);
    expect(trace.header.startedAt).toBe("2024-03-05T15:04:05.000Z");
    expect(trace.header.source.limits).toContain("local-time");
    expect(ofKind(trace, "state").map(({ t, to }) => [t, to])).toEqual(
      [
        [0, "have-local-offer"],
        [500, "stable"],
        [1000, "checking"],
      ].map(([t, to]) => [t, to]),
    );
  });

  test("removes credentials of servers", () => {
    const rtcConfiguration = JSON.stringify({
      iceServers: [{ urls: "turn:x", username: "u", credential: "geheim" }],
    });
    const text = JSON.stringify({
      PeerConnections: { "1-1": { rtcConfiguration, updateLog: [] } },
      timestamp: 1.7e12,
    });
    expect(JSON.stringify(only(text))).not.toContain("geheim");
  });
});

describe("an rtcstats dump", () => {
  const dump = (...lines: readonly unknown[]): string =>
    ["RTCStatsDump", '{"fileFormat":3}', ...lines.map((line) => JSON.stringify(line)), ""].join(
      "\n",
    );

  test("fills sections that are written as the same as before", () => {
    const restart = offer.replace("4ZcD", "new1");
    const trace = only(
      dump(
        ["create", "PC_0", {}, 1758602115670],
        [2, "PC_0", null, "2-0", 1],
        [3, "PC_0", { type: "offer", sdp: offer }, "2-0", 1],
        [6, "PC_0", { type: "offer", sdp: "v=\r\nm=\r\n" }, "6-0", 1],
        [7, "PC_0", null, "6-0", 1],
        [8, "PC_0", { type: "answer", sdp: answer }, "8-0", 1],
        [9, "PC_0", null, "8-0", 1],
        [2, "PC_0", null, "2-1", 1],
        [3, "PC_0", { type: "offer", sdp: `v=\r\nm=${restart.split("\nm=")[1]}` }, "2-1", 1],
      ),
    );
    const made = ofKind(trace, "settle").flatMap(
      ({ result }) => (result as { sdp: string })?.sdp ?? [],
    );
    expect(made).toEqual([offer, restart]);
    const [set] = ofKind(trace, "call").filter(({ method }) => method === "setLocalDescription");
    expect(set?.arguments).toEqual([{ type: "offer", sdp: offer }]);
  });

  test("joins calls with their ends by the correlation word, whatever their order", () => {
    const trace = only(
      dump(
        ["create", "PC_0", {}, 1758602115670],
        [
          10,
          "PC_0",
          { candidate: "candidate:1 1 udp 1 192.0.2.1 1 typ host", sdpMid: "0" },
          "10-0",
          1,
        ],
        [
          10,
          "PC_0",
          { candidate: "candidate:2 1 udp 1 192.0.2.1 2 typ host", sdpMid: "0" },
          "10-1",
          1,
        ],
        [16, "PC_0", "OperationError: no", "10-1", 1],
        [11, "PC_0", null, "10-0", 1],
      ),
    );
    expect(timeline(trace).calls.map(({ error }) => error)).toEqual([
      undefined,
      { name: "OperationError", message: "no" },
    ]);
  });

  test("puts statistics together from what changed", () => {
    const trace = only(
      dump(
        ["create", "PC_0", {}, 1758602115670],
        ["g", "PC_0", { "0": { type: 5, "80": 10, "123": "connected" }, t: 1758602116000 }, 10],
        ["g", "PC_0", { "0": { "80": 20 }, t: 1758602117000 }, 1000],
        ["g", "PC_0", { "0": null, t: 1758602118000 }, 1000],
      ),
    );
    expect(ofKind(trace, "stats").map(({ report }) => report)).toEqual([
      {
        "0": {
          id: "0",
          timestamp: 1758602116000,
          type: "transport",
          bytesSent: 10,
          dtlsState: "connected",
        },
      },
      {
        "0": {
          id: "0",
          timestamp: 1758602117000,
          type: "transport",
          bytesSent: 20,
          dtlsState: "connected",
        },
      },
      { "0": null },
    ]);
  });

  test("gives setLocalDescription without a connection, as Chromium before 145 wrote it, its connection", () => {
    const trace = only(
      dump(
        ["create", "8-1", {}, 1758602115670],
        ["createOfferOnSuccess", "8-1", { type: "offer", sdp: offer }, 1],
        ["setLocalDescription", "undefined-undefined", { type: "offer", sdp: offer }, 1],
      ),
    );
    expect(ofKind(trace, "call").at(-1)?.pc).toBe("8-1");
  });
});

describe("an rtcstats log without header", () => {
  test("is sorted by time, and says when its SDP was left out", () => {
    const lines = [
      ["connectionInfo", null, { userAgent: "UA" }, 1697705722151],
      ["create", "PC_0", {}, 1697705722108],
      ["oniceconnectionstatechange", "PC_0", "checking", 1697705722300],
      ["setRemoteDescription", "PC_0", "", 1697705722130],
      ["setRemoteDescription", "PC_0", { type: "offer", sdp: "" }, 1697705722131],
    ];
    const text = lines.map((line) => JSON.stringify(line)).join("\n");
    const trace = only(`${text}\n`);
    expect(trace.events.map(({ kind }) => kind)).toEqual(["create", "call", "call", "state"]);
    expect(trace.header.source.limits).toContain("no-descriptions");
    expect(codes(text)).toContain("import/out-of-order");
  });

  test("is read out of Jitsi's wire format, and lines of bridges are refused by name", () => {
    const wire = (data: string): string =>
      JSON.stringify({ statsSessionId: "s", type: "stats-entry", data });
    const text = [
      wire(JSON.stringify(["create", "PC_0", {}, 1697705722108, 1])),
      wire(JSON.stringify(["onconnectionstatechange", "PC_0", "connected", 1697705722208, 2])),
      wire('{"bridge":1}'),
    ].join("\n");
    expect(only(text).events.map(({ kind }) => kind)).toEqual(["create", "state"]);
    expect(codes(text)).toContain("import/bridge-lines");
  });
});

describe("Firefox", () => {
  test("gives descriptions with concluded types, and does not say how they ended", () => {
    const trace = only(readDump("firefox/refused.report.json"));
    const calls = ofKind(trace, "call");
    expect(calls.map(({ method }) => method)).toContain("setRemoteDescription");
    expect(ofKind(trace, "settle")).toEqual([]);
    expect(ofKind(trace, "state")).toEqual([]);
    expect(trace.header.source.limits).toEqual(
      expect.arrayContaining(["refused-among-applied", "no-results", "inferred-types", "snapshot"]),
    );
    const [first] = calls;
    expect(first?.arguments[0]).toMatchObject({ type: "offer" });
  });

  test("has both ends of a page that calls itself, and what was altered between them", () => {
    const { ladder } = timeline(only(readDump("firefox/refused.report.json")));
    expect(ladder.columns).toHaveLength(2);
    expect(ladder.arrows.find(({ type }) => type === "offer")).toMatchObject({ isAltered: true });
  });

  test("tells every state of a candidate pair in its log", () => {
    const pairs = ofKind(only(readDump("firefox/call.log.json")), "pair");
    expect(new Set(pairs.map(({ state }) => state))).toEqual(
      new Set(["frozen", "waiting", "in-progress", "succeeded", "cancelled"]),
    );
    expect(
      pairs.every(({ local }) => /^candidate:\S+ 1 udp \d+ \S+ \d+ typ host/.test(local)),
    ).toBe(true);
  });

  test("gives the same descriptions at the same times from its report and from its page", () => {
    const given = (name: string): readonly unknown[] =>
      ofKind(only(readDump(name)), "call").map(({ pc, method, arguments: [description] }) => [
        pc,
        method,
        // A page keeps no empty lines.
        textOf(description).replace(/(?:\r\n)+/g, "\r\n"),
      ]);
    const page = only(readDump("firefox/refused.page.html"));
    // The page leaves out the one that could not be parsed.
    expect(given("firefox/refused.report.json").slice(0, -1)).toEqual(
      given("firefox/refused.page.html"),
    );
    expect(page.header.clock).toBe("wall");
    expect(timeline(page).ladder.columns).toHaveLength(2);
  });

  test("is read from a saved page in any language", () => {
    const calls = ofKind(only(savedPage), "call");
    expect(
      calls.map(({ method, arguments: [given] }) => [method, (given as { type: string }).type]),
    ).toEqual([
      ["setLocalDescription", "offer"],
      ["setRemoteDescription", "answer"],
    ]);
  });

  test("is read from the copy of its SDP section", () => {
    const text = JSON.stringify({
      offer: { side: "remote", sdp: offer.trim().split("\r\n") },
      answer: { side: "local", sdp: answer.trim().split("\r\n") },
    });
    expect(ofKind(only(text), "call").map(({ method }) => method)).toEqual([
      "setRemoteDescription",
      "setLocalDescription",
    ]);
    expect(ofKind(only(text), "call")[0]?.arguments).toEqual([{ type: "offer", sdp: offer }]);
  });
});

describe("a HAR", () => {
  const har = (entries: readonly unknown[]): string =>
    JSON.stringify({ log: { version: "1.2", creator: { name: "test" }, entries } });

  test("gives the messages of a recorded call in order", () => {
    const signals = ofKind(only(readDump("chromium/alice.har")), "signal");
    expect(signals.map(({ direction, type }) => `${direction} ${type}`).sort()).toEqual([
      "in answer",
      "in candidate",
      "in candidate",
      "out candidate",
      "out candidate",
      "out offer",
    ]);
  });

  test.each([
    ["socket.io", `42["offer",{"sdp":${JSON.stringify(offer)},"to":"x"}]`],
    [
      "JSON in JSON",
      JSON.stringify({
        event: "msg",
        payload: JSON.stringify({ a: [{ type: "offer", sdp: offer }] }),
      }),
    ],
    ["SIP", `INVITE sip:x SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n${offer}`],
  ])("finds descriptions in %s", (_name, data) => {
    const text = har([{ _webSocketMessages: [{ type: "send", time: 1795251246.9, data }] }]);
    const [signal] = ofKind(only(text), "signal");
    expect(signal?.data).toEqual({ type: "offer", sdp: offer });
    expect(only(text).header.startedAt).toBe("2026-11-21T08:54:06.900Z");
  });

  test("reads a WHIP exchange out of request and response", () => {
    const text = har([
      {
        startedDateTime: "2026-11-21T08:00:00.000Z",
        time: 30,
        request: { postData: { text: offer } },
        response: { content: { text: answer } },
      },
    ]);
    expect(
      ofKind(only(text), "signal").map(({ direction, type, t }) => [direction, type, t]),
    ).toEqual([
      ["out", "offer", 0],
      ["in", "answer", 30],
    ]);
  });

  test("says that it has no signaling", () => {
    expect(codes(har([{ request: {} }]))).toEqual(["import/no-signaling-found"]);
  });
});

describe("Janus", () => {
  test("shows the server's end", () => {
    const trace = only(janusEvents);
    expect(trace.header.peers).toEqual([{ id: "janus", name: "MyJanus", engine: "Janus" }]);
    expect(ofKind(trace, "signal").map(({ direction, type }) => [direction, type])).toEqual([
      ["in", "offer"],
      ["out", "answer"],
    ]);
    expect(states(trace)).toEqual({
      "2 ice ": ["undefined → checking", "undefined → connected"],
      "2 dtls ": ["undefined → connecting", "undefined → connected"],
      "2 connection ": ["undefined → connected", "undefined → closed"],
    });
    expect(ofKind(trace, "pair")[0]).toMatchObject({
      local: "candidate:0 1 udp 0 192.0.2.1 10000 typ host",
      remote: "candidate:0 1 udp 0 192.0.2.7 49104 typ prflx",
    });
    expect(trace.events.at(-1)).toMatchObject({ kind: "end", t: 2000 });
  });

  test("is read as its event handler sends it, lists of events a line", () => {
    const trace = only(readDump("janus/server.jsonl"));
    const reached = ofKind(trace, "state").map(({ machine, to }) => `${machine} ${to}`);
    expect(reached).toEqual([
      "ice new",
      "ice checking",
      "ice connected",
      "ice completed",
      "dtls connecting",
      "dtls connected",
      "connection connected",
      "connection closed",
    ]);
    expect(ofKind(trace, "candidate").map(({ candidate }) => candidate?.candidate)).toEqual([
      expect.stringMatching(/^candidate:1 1 udp \d+ 192\.0\.2\.2 \d+ typ host$/),
      expect.stringMatching(/^candidate:remote1 1 udp \d+ .* typ prflx raddr .* rport \d+$/),
    ]);
  });

  test("is read as a list too, and undated times are said", () => {
    const list = `[${janusEvents.split("\n").join(",\n").replaceAll("17952512", "")}]`;
    expect(only(list).events.length).toBe(only(janusEvents).events.length);
    expect(only(list).header.source.limits).toContain("no-date");
  });
});

describe("bare SDP", () => {
  const types = (text: string): unknown =>
    ofKind(only(text), "signal").map(({ peer, type, data }) => [
      peer,
      type,
      (data as { sdp: string }).sdp,
    ]);

  test("is taken to the byte, the type concluded from a=setup and said", () => {
    expect(types(offer)).toEqual([["offerer", "offer", offer]]);
    expect(types(answer)).toEqual([["answerer", "answer", answer]]);
    expect(importTrace(offer).diagnostics[0]).toMatchObject({
      code: "import/inferred-type",
      severity: "info",
      message: { en: "It is read as an offer because of a=setup:actpass." },
    });
    expect(importTrace(offer.replace("a=setup:actpass\r\n", "")).diagnostics[0]?.severity).toBe(
      "warning",
    );
  });

  test("is found several times in one text, with words between", () => {
    const both = [
      ["offerer", "offer", offer],
      ["answerer", "answer", answer],
    ];
    expect(types(offer + answer)).toEqual(both);
    expect(types(`Here is the offer:\n${offer}\n--- answer ---\n${answer}\nbye`)).toEqual(both);
    expect(
      types(
        JSON.stringify([
          { type: "offer", sdp: offer },
          { type: "answer", sdp: answer },
        ]),
      ),
    ).toEqual(both);
  });

  test("is found deeper in JSON", () => {
    const text = JSON.stringify({
      to: "bob",
      offer: { type: "offer", sdp: offer },
      answer: { type: "answer", sdp: answer },
    });
    expect(types(text)).toEqual([
      ["offerer", "offer", offer],
      ["answerer", "answer", answer],
    ]);
  });

  test("is read out of a JSON string that was copied with its escapes", () => {
    expect(types(JSON.stringify(offer).slice(1, -1))).toEqual([["offerer", "offer", offer]]);
  });

  test("makes one round of an offer and its answer, without a clock", () => {
    const trace = only(offer + answer);
    expect(trace.header.clock).toBe("none");
    expect(timeline(trace).rounds).toHaveLength(1);
    expect(timeline(trace).rounds[0]?.answer?.description.sdp).toBe(answer);
  });
});

describe("bare candidates", () => {
  test.each([
    ["lines of SDP", candidates],
    [
      "lines of JSON",
      '{"candidate":"candidate:1 1 udp 2130706431 192.0.2.7 49104 typ host","sdpMid":"0"}\n',
    ],
    [
      "a list",
      '[{"candidate":"candidate:1 1 udp 2130706431 192.0.2.7 49104 typ host","sdpMid":"0"}]',
    ],
  ])("are read from %s", (_name, text) => {
    const [first] = ofKind(only(text), "candidate");
    expect(first?.candidate?.candidate).toBe(
      "candidate:1 1 udp 2130706431 192.0.2.7 49104 typ host",
    );
    expect(only(text).header.source.limits).toContain("unknown-sides");
  });
});
