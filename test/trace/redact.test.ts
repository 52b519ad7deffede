import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diagnoseSession } from "../../lib/rules/diagnose-session.ts";
import { readTrace, writeTrace } from "../../lib/trace/file.ts";
import { importTrace } from "../../lib/trace/import-trace.ts";
import { createRedactor } from "../../lib/trace/redact.ts";
import type { Trace } from "../../lib/trace/trace.ts";
import { dumpSamples } from "../support/dump-samples.ts";

const folder = new URL("../fixtures/traces/", import.meta.url);
const recorded = readdirSync(folder).map((name): readonly [string, Trace] => [
  name,
  readTrace(readFileSync(new URL(name, folder), "utf8")).trace,
]);
const imported = dumpSamples().flatMap(({ name, text }) =>
  importTrace(text).traces.map((trace, index): readonly [string, Trace] => [
    `${name} ${index + 1}`,
    trace,
  ]),
);

const verdicts = (trace: Trace): readonly unknown[] => {
  const { findings, notEvaluated } = diagnoseSession(trace);
  return [
    findings.map(({ code, severity, confidence, events, t }) => ({
      code,
      severity,
      confidence,
      events,
      t,
    })),
    notEvaluated.map(({ code }) => code),
  ];
};

describe("a redacted trace", () => {
  test.each([...recorded, ...imported])(
    "of %s holds no secret, and its findings are the same",
    (_name, trace) => {
      const redactor = createRedactor({ key: "a key" });
      const redacted = redactor.trace(trace);
      expect(redactor.leaks(trace, redacted)).toEqual([]);
      expect(verdicts(redacted)).toEqual(verdicts(trace));
      expect(readTrace(writeTrace(redacted)).diagnostics).toEqual([]);
    },
  );
});

describe("a trace full of secrets", () => {
  /** Two dozen places of a trace, each with a secret planted; `s` is a text that nothing else in the trace says. */
  const planted = (s: (kind: string) => string): Trace => {
    const sdp = `v=0\r\no=- ${s("session")} 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:${s("ufrag")}\r\na=ice-pwd:${s("pwd")}\r\na=fingerprint:sha-256 ${s("print")}\r\na=x-own:${s("ufrag")}\r\n`;
    const candidate = `candidate:1 1 udp 2122260223 ${s("address")} 5000 typ host ufrag ${s("ufrag")}`;
    const events = [
      {
        kind: "create",
        configuration: {
          iceServers: [
            {
              urls: [`turn:${s("host")}.corp.test:3478?transport=udp`],
              username: s("user"),
              credential: s("password"),
            },
          ],
          certificates: [{ fingerprints: [{ algorithm: "sha-256", value: s("print") }] }],
        },
      },
      {
        kind: "call",
        call: 1,
        method: "setLocalDescription",
        arguments: [{ type: "offer", sdp }],
        stack: `Error\n    at ${s("function")} (https://${s("host")}.corp.test/${s("page")}.js:10:5)\n    at /home/${s("home")}/app.js:1:2`,
      },
      {
        kind: "settle",
        call: 1,
        error: {
          name: "OperationError",
          message: `Failed near a=ice-pwd:${s("pwd")} of ${s("address")} at https://${s("host")}.corp.test/${s("page")}`,
        },
      },
      {
        kind: "candidate",
        side: "local",
        candidate: { candidate, sdpMid: "0", usernameFragment: s("ufrag") },
      },
      {
        kind: "candidate",
        side: "local",
        candidate: null,
        error: { code: 701, url: `turn:${s("host")}.corp.test`, text: `host ${s("address")}` },
      },
      { kind: "pair", local: candidate, remote: candidate, state: "succeeded" },
      {
        kind: "signal",
        direction: "out",
        transport: "ws",
        type: "offer",
        data: JSON.stringify({
          to: s("person"),
          room: s("room"),
          data: JSON.stringify({ sdp: { type: "offer", sdp }, token: s("token") }),
        }),
      },
      {
        kind: "signal",
        direction: "in",
        transport: "ws",
        type: "message",
        data: `42["${s("word")}",{"user":{"mail":"${s("person")}@corp.test"}}]`,
      },
      {
        kind: "signal",
        direction: "in",
        transport: "ws",
        type: "message",
        data: `INVITE sip:${s("person")}@corp.test\r\n\r\n${sdp}`,
      },
      {
        kind: "signal",
        direction: "out",
        transport: "ws",
        type: "offer",
        cut: 9,
        data: `{"room":"${s("room")}","sdp":"a=ice-pwd:${s("pwd")}\\r\\na=x`,
      },
      { kind: "track", track: { id: s("track"), kind: "audio" }, streams: [s("stream")] },
      { kind: "channel", id: "1", label: s("label"), side: "local" },
      { kind: "message", id: "1", direction: "out", type: "text", size: 9, data: s("word") },
      {
        kind: "stats",
        report: {
          [`CF${s("print")}`]: {
            id: `CF${s("print")}`,
            type: "certificate",
            fingerprint: s("print"),
            base64Certificate: s("certificate"),
          },
          T1: {
            type: "local-candidate",
            id: "T1",
            address: s("address"),
            ip: s("address"),
            url: `turn:${s("host")}.corp.test:1`,
            usernameFragment: s("ufrag"),
          },
        },
      },
      {
        kind: "note",
        text: `getUserMediaOnSuccess: {"audio_track_info":"{\\"label\\":\\"${s("device")}\\"}"}`,
      },
      {
        kind: "note",
        text: `getUserMediaOnSuccess: {"audio_track_info":"{\\"label\\":\\"${s("device")}`,
      },
    ].map((event, index) => ({ seq: index + 1, t: index, peer: s("person"), pc: "1", ...event }));
    return {
      header: {
        sdpscope: 1,
        id: "planted",
        startedAt: "2026-11-21T00:00:00.000Z",
        clock: "monotonic",
        source: { format: "recorder", file: `${s("file")}.sdpscope.jsonl` },
        peers: [
          { id: s("person"), name: s("name"), page: `https://${s("host")}.corp.test/${s("page")}` },
        ],
      },
      events: events as unknown as Trace["events"],
    };
  };

  const word = fc.stringMatching(/^[a-z]{3}[A-Z][0-9][a-z]{6}[0-9]$/);
  const hex = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 32, maxLength: 32 });
  const address = fc.oneof(
    fc
      .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 254 })))
      .map((parts) => parts.join("."))
      .filter((text) => !text.startsWith("127.")),
    fc
      .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 0xffff })))
      .map((parts) => `2001:db8:${parts.map((part) => part.toString(16)).join(":")}:7:9`),
    fc.uuid().map((uuid) => `${uuid}.local`),
  );

  test("is written without one of them, whatever they are", () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(word),
        hex,
        address,
        fc.bigInt({ min: 10n ** 17n, max: 4n * 10n ** 18n }),
        (words, bytes, ip, session) => {
          const print = bytes
            .map((byte) => byte.toString(16).padStart(2, "0").toUpperCase())
            .join(":");
          const secrets = new Map([
            ["print", print],
            ["address", ip],
            ["session", String(session)],
          ]);
          const trace = planted((kind) => {
            const known = secrets.get(kind);
            if (known !== undefined) return known;
            const made = words.next().value;
            secrets.set(kind, made);
            return made;
          });
          const redactor = createRedactor({ key: "a key" });
          const redacted = redactor.trace(trace);
          const text = writeTrace(redacted);
          for (const [kind, secret] of secrets) expect(text, kind).not.toContain(secret);
          expect(redactor.leaks(trace, redacted)).toEqual([]);
          expect(redactor.leaks(trace, trace).length).toBeGreaterThan(30);
          expect(verdicts(redacted)).toEqual(verdicts(trace));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("keeps equal what was equal, and the family and scope of addresses", () => {
    const names = new Map<string, string>();
    const trace = planted((kind) => {
      const value =
        {
          print: Array<string>(32).fill("9C").join(":"),
          address: "192.168.1.77",
          session: "2890844526289084",
        }[kind] ?? `${kind}Secret7`;
      names.set(kind, value);
      return value;
    });
    const { header, events } = createRedactor({ key: "a key" }).trace(trace);
    expect(new Set(events.map(({ peer }) => peer))).toEqual(new Set([header.peers[0]?.id]));
    const text = JSON.stringify(events);
    const ufrag = /a=ice-ufrag:(\w+)/.exec(text)?.[1] ?? "?";
    expect(text).toContain(`"usernameFragment":"${ufrag}"`);
    expect(text).toContain(` ufrag ${ufrag}`);
    const address = /2122260223 (\S+) 5000/.exec(text)?.[1] ?? "?";
    expect(address).toMatch(/^192\.168\.\d+\.\d+$/);
    expect(text).toContain(`"ip":"${address}"`);
    expect(text).toMatch(/turn:\w+\.example:3478\?transport=udp/);
    expect(text).toContain(":10:5)");
  });
});

describe("the redactor's leak scanner", () => {
  test("names the event and the field where a secret stands", () => {
    const [, trace] = recorded.find(([name]) => name.startsWith("ok.")) as readonly [string, Trace];
    const redactor = createRedactor({ key: "a key" });
    const redacted = redactor.trace(trace);
    const ufrag =
      /a=ice-ufrag:(\S+)/.exec(JSON.stringify(trace.events).replaceAll("\\r\\n", " "))?.[1] ?? "?";
    const spoiled = {
      ...redacted,
      events: [
        ...redacted.events,
        { seq: 9999, t: 1, kind: "note", text: `{"a":"\\n${ufrag}"}` } as const,
      ],
    };
    expect(redactor.leaks(trace, spoiled)).toEqual([
      { kind: "credential", value: ufrag, seq: 9999, path: "text" },
    ]);
  });

  test("gives traces and descriptions of one key the same masks", () => {
    const [, trace] = recorded.find(([name]) => name.startsWith("ok.")) as readonly [string, Trace];
    const sdpIn = ({ events }: Trace): string =>
      events
        .flatMap((event) =>
          event.kind === "settle"
            ? [(event.result as { sdp?: string } | undefined)?.sdp ?? ""]
            : [],
        )
        .find((sdp) => sdp !== "") ?? "";
    const redactor = createRedactor({ key: "a key" });
    expect(sdpIn(redactor.trace(trace))).toBe(redactor.description(sdpIn(trace)).toString());
  });
});

test("content nested to overflow a stack does not throw", () => {
  const { trace } = readTrace(
    `{"sdpscope":1,"id":"h","startedAt":"2026-11-21T00:00:00.000Z","clock":"monotonic","source":{"format":"recorder"},"peers":[]}\n`,
  );
  const hostile = [
    "[".repeat(20_000) + "]".repeat(20_000),
    `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  ];
  const at = { t: 0, peer: "someone" };
  const events = hostile.flatMap((data, index) => [
    {
      ...at,
      seq: 3 * index + 1,
      kind: "signal",
      direction: "in",
      transport: "ws",
      type: "x",
      data,
    } as const,
    { ...at, seq: 3 * index + 2, kind: "note", text: data } as const,
    {
      ...at,
      seq: 3 * index + 3,
      kind: "call",
      call: index,
      method: "close",
      arguments: [data],
      stack: data,
    } as const,
  ]);
  const redactor = createRedactor({ key: "a key" });
  const redacted = redactor.trace({ ...trace, events });
  expect(redacted.events).toHaveLength(events.length);
  expect(redactor.leaks({ ...trace, events }, redacted)).toEqual([]);
});

test.each([
  ["a:", 50_000],
  ["1.", 50_000],
  ["https://", 12_000],
  [":", 100_000],
  ["9", 100_000],
  ["blob:", 20_000],
])("%j, %i times in a row, is redacted wherever it stands, and seen as no leak", (piece, times) => {
  const { trace } = readTrace(
    `{"sdpscope":1,"id":"h","startedAt":"2026-11-21T00:00:00.000Z","clock":"monotonic","source":{"format":"recorder"},"peers":[]}\n`,
  );
  const text = piece.repeat(times);
  const at = { t: 0, peer: "someone" };
  const signal = { kind: "signal", direction: "in", transport: "ws", type: "x" } as const;
  const events = [
    { ...at, ...signal, seq: 1, data: text },
    { ...at, seq: 2, kind: "note", text } as const,
    {
      ...at,
      seq: 3,
      kind: "call",
      call: 1,
      method: "close",
      arguments: [text],
      stack: text,
    } as const,
    { ...at, ...signal, seq: 4, data: "https://host.test/page" },
  ];
  const redactor = createRedactor({ key: "a key" });
  const redacted = redactor.trace({ ...trace, events });
  expect(redacted.events).toHaveLength(events.length);
  expect(redactor.leaks({ ...trace, events }, redacted)).toEqual([]);
});

test("a redactor without a key is refused with what one looks like", () => {
  expect(() => (createRedactor as (options?: unknown) => unknown)()).toThrow(
    /A redactor needs a key.*getRandomValues/,
  );
});

describe("what no version of the format knows", () => {
  const trace = {
    header: {
      sdpscope: 1,
      id: "annlee-2026-11-21T10-00-00.000Z",
      startedAt: "2026-11-21T10:00:00.000Z",
      clock: "monotonic",
      source: { format: "recorder", user: "ann.lee", build: { host: "ann-desk.corp.example" } },
      peers: [{ id: "ann.lee", email: "ann@corp.example" }],
      recordedBy: "Ann Lee of room 12",
    },
    events: [
      {
        seq: 1,
        t: 0,
        kind: "signal",
        peer: "ann.lee",
        direction: "out",
        transport: "ws",
        type: "to:ann@corp.example",
        data: "hi",
      },
      {
        seq: 2,
        t: 1,
        kind: "signal",
        peer: "ann.lee",
        direction: "out",
        transport: "ws",
        type: "offer",
        data: "",
      },
    ],
  } as unknown as Trace;

  test("is masked in the header too, and so is a name in the trace's id", () => {
    const redactor = createRedactor({ key: "a key" });
    const redacted = redactor.trace(trace);
    const text = JSON.stringify(redacted);
    for (const secret of ["ann", "corp", "desk", "room 12"])
      expect(text.toLowerCase()).not.toContain(secret);
    expect(redacted.header.id).toMatch(/^[A-Za-z0-9]+-2026-11-21T10-00-00\.000Z$/);
    expect(redacted.events[1]).toMatchObject({ type: "offer" });
    expect(redactor.leaks(trace, redacted)).toEqual([]);
  });

  test("is seen by the scanner when it is left", () => {
    const redactor = createRedactor({ key: "a key" });
    const { recordedBy } = trace.header as unknown as { readonly recordedBy: string };
    const leaky = { ...redactor.trace(trace) };
    const header = { ...leaky.header, recordedBy };
    expect(redactor.leaks(trace, { ...leaky, header })).toMatchObject([{ path: "recordedBy" }]);
  });
});
