import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { InspectorServer, InspectorServerOptions } from "../../lib/serve/server.ts";
import { createInspectorServer } from "../../lib/serve/server.ts";
import { connectSignaling } from "../../lib/signaling/client.ts";
import type { Message } from "../../lib/text.ts";
import type { FeedMessage, TraceSummary } from "../../lib/trace/feed.ts";
import { readFeedMessage } from "../../lib/trace/feed.ts";
import { readTrace } from "../../lib/trace/file.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";

let folder: string;
const closers: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sdpscope-test-"));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

const traces = () => join(folder, "traces");
const page = () => join(folder, "page");

async function serve(options: InspectorServerOptions = {}): Promise<InspectorServer> {
  const server = await createInspectorServer({ traces: traces(), inspector: page(), ...options });
  closers.push(() => server.close());
  return server;
}

function recorderOf(id: string) {
  return createRecorder({
    now: () => performance.timeOrigin + performance.now(),
    id,
    peers: [{ id: "alice" }],
  });
}

/** A page at the feed: what it has heard so far, in short. */
function feed(server: InspectorServer, after: readonly string[] = [], origin?: string) {
  const query = after.map((one) => `after=${encodeURIComponent(one)}`).join("&");
  const url = `${server.url.replace("http", "ws")}feed?${query}`;
  const socket = new WebSocket(url, origin === undefined ? {} : { origin });
  closers.push(() => socket.terminate());
  const heard: string[] = [];
  socket.on("error", () => {});
  socket.on("message", (data) => {
    const message = readFeedMessage(data.toString());
    if (message !== undefined) heard.push(short(message));
  });
  const hears = (expected: readonly string[]) => vi.waitFor(() => expect(heard).toEqual(expected));
  return { socket, heard, hears };
}

function short(message: FeedMessage): string {
  switch (message.type) {
    case "header":
      return `${message.header.id} header ${message.state}`;
    case "event":
      return `${message.trace} ${message.event.seq}`;
    case "gap":
      return `${message.trace} gap ${message.from}-${message.to}`;
    case "state":
      return `${message.trace} ${message.state}`;
    default:
      return message satisfies never;
  }
}

describe("the feed", () => {
  test("tells what happened so far, then each event once and in order, then the end", async () => {
    const server = await serve();
    const recorder = recorderOf("s1");
    recorder.record({ kind: "note", text: "before the server knew" });
    server.attach(recorder);
    recorder.record({ kind: "note", text: "before the page came" });
    const one = feed(server);
    await one.hears(["s1 header live", "s1 1", "s1 2"]);
    recorder.record({ kind: "alive" });
    recorder.record({ kind: "end", reason: "closed" });
    await one.hears(["s1 header live", "s1 1", "s1 2", "s1 3", "s1 4", "s1 ended"]);
  });

  test("gives a page that comes back only what it missed", async () => {
    const server = await serve();
    const recorder = recorderOf("s1");
    server.attach(recorder);
    for (let count = 0; count < 3; count++) recorder.record({ kind: "alive" });
    const other = recorderOf("s2");
    server.attach(other);
    const back = feed(server, ["s1:2", "unknown:7", "nonsense", "s1:x"]);
    await back.hears(["s1 live", "s1 3", "s2 header live"]);
    const upToDate = feed(server, ["s1:3", "s2:0"]);
    await upToDate.hears(["s1 live", "s2 live"]);
    recorder.record({ kind: "alive" });
    await upToDate.hears(["s1 live", "s2 live", "s1 4"]);
  });

  test("gives a page that is ahead of the trace, and so knew another one, all of it", async () => {
    const server = await serve();
    const recorder = recorderOf("s1");
    server.attach(recorder);
    recorder.record({ kind: "alive" });
    const ahead = feed(server, ["s1:9"]);
    await ahead.hears(["s1 header live", "s1 1"]);
  });

  test("drops nothing for a page that reads slowly", async () => {
    const server = await serve();
    const recorder = recorderOf("s1");
    server.attach(recorder);
    const slow = feed(server);
    await slow.hears(["s1 header live"]);
    slow.socket.pause();
    const text = "x".repeat(100_000);
    for (let count = 0; count < 100; count++) recorder.record({ kind: "note", text });
    slow.socket.resume();
    const all = Array.from({ length: 100 }, (_, index) => `s1 ${index + 1}`);
    await slow.hears(["s1 header live", ...all]);
  });

  test("is for its own page only", async () => {
    const server = await serve();
    const status = (origin: string) =>
      new Promise((resolve) => {
        const { socket } = feed(server, [], origin);
        socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
        socket.on("open", () => resolve(101));
      });
    expect(await status(server.url.slice(0, -1))).toBe(101);
    expect(await status("http://localhost:1")).toBe(403);
    expect(await status("https://evil.example")).toBe(403);
    expect(await status("null")).toBe(403);
  });
});

describe("traces", () => {
  test("stand in their file as they happen, for their owner alone", async () => {
    const server = await serve();
    const recorder = recorderOf("s1");
    server.attach(recorder);
    recorder.record({ kind: "note", text: "one" });
    const file = join(traces(), "s1.sdpscope.jsonl");
    // No wait: what is recorded is written, so that a crash right now would lose nothing.
    expect(readTrace(readFileSync(file, "utf8"))).toEqual({
      trace: recorder.trace,
      diagnostics: [],
    });
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  test("are listed with their state, those of former runs too, the latest first", async () => {
    mkdirSync(traces());
    const header = (id: string, minute: string) =>
      `{"sdpscope":1,"id":"${id}","startedAt":"2026-01-01T00:0${minute}:00.000Z","clock":"monotonic","source":{"format":"recorder"},"peers":[]}\n`;
    const file = (id: string) => join(traces(), `${id}.sdpscope.jsonl`);
    writeFileSync(
      file("old"),
      `${header("old", "1")}{"seq":1,"t":0,"kind":"end","reason":"closed"}\n`,
    );
    writeFileSync(
      file("torn"),
      `${header("torn", "2")}{"seq":1,"t":0,"kind":"create","pc":"a"}\n{"seq":2`,
    );
    writeFileSync(join(traces(), "notes.txt"), "not a trace");
    const server = await serve();
    server.attach(recorderOf("now"));
    const list = (await (await fetch(`${server.url}traces`)).json()) as TraceSummary[];
    expect(list).toMatchObject([
      { id: "now", peers: [{ id: "alice" }], events: 0, state: "live" },
      { id: "torn", events: 1, state: "torn" },
      { id: "old", startedAt: "2026-01-01T00:01:00.000Z", events: 1, state: "ended" },
    ]);
    const torn = await fetch(`${server.url}traces/torn`);
    expect(torn.headers.get("content-type")).toContain("application/x-ndjson");
    expect(await torn.text()).toBe(readFileSync(file("torn"), "utf8"));
  });

  test.each(["missing", "..%2F..%2Fetc%2Fpasswd", "a/b", ".hidden", ""])(
    "there is none called %j",
    async (id) => {
      const server = await serve();
      expect((await fetch(`${server.url}traces/${id}`)).status).toBe(404);
    },
  );

  test("are missing where a folder has the name of their file", async () => {
    const server = await serve();
    mkdirSync(join(traces(), "folder.sdpscope.jsonl"));
    const answer = await fetch(`${server.url}traces/folder`);
    expect([answer.status, await answer.text()]).toEqual([404, "There is no such trace.\n"]);
  });

  test("can be empty files", async () => {
    const server = await serve();
    writeFileSync(join(traces(), "empty.sdpscope.jsonl"), "");
    const answer = await fetch(`${server.url}traces/empty`);
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  });

  test.runIf(existsSync("/proc/self/fd"))(
    "do not stay open when a reader leaves in the middle",
    async () => {
      const server = await serve();
      const file = join(traces(), "large.sdpscope.jsonl");
      writeFileSync(file, "x".repeat(32 * 1024 * 1024));
      const openings = () =>
        readdirSync("/proc/self/fd").filter((fd) => linkOf(`/proc/self/fd/${fd}`) === file);
      await new Promise<void>((resolve) => {
        const request = httpRequest(`${server.url}traces/large`, (response) => {
          response.once("data", () => {
            expect(openings()).toHaveLength(1);
            request.destroy();
            resolve();
          });
        });
        request.on("error", () => {});
        request.end();
      });
      await vi.waitFor(() => expect(openings()).toEqual([]));
    },
  );

  test("keep an id to one trace", async () => {
    const server = await serve();
    server.attach(recorderOf("s1"));
    expect(() => server.attach(recorderOf("s1"))).toThrow("There is a trace s1 already.");
  });
});

describe("the intake", () => {
  const header = recorderOf("page-1").header;

  function intake(server: InspectorServer, token = server.token) {
    const socket = new WebSocket(`${server.url.replace("http", "ws")}intake?token=${token}`, {
      origin: "https://app.example",
    });
    closers.push(() => socket.terminate());
    const replies: unknown[] = [];
    const opened = new Promise((resolve) => {
      socket.on("open", () => resolve(101));
      socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
      socket.on("error", () => {});
    });
    socket.on("message", (data) => replies.push(JSON.parse(data.toString())));
    const say = (message: unknown) => socket.send(JSON.stringify(message));
    const hears = (expected: readonly unknown[]) =>
      vi.waitFor(() => expect(replies).toEqual(expected));
    return { socket, opened, say, hears, replies };
  }

  test("takes a trace from any page that has the token, and acknowledges what is written", async () => {
    const server = await serve();
    const page = intake(server);
    await page.opened;
    page.say({ type: "header", header });
    page.say({
      type: "events",
      events: [{ seq: 1, t: 0, kind: "create", peer: "alice", pc: "a" }],
    });
    await page.hears([
      { type: "ack", seq: 0 },
      { type: "ack", seq: 1 },
    ]);
    const watcher = feed(server);
    await watcher.hears(["page-1 header live", "page-1 1"]);
    page.socket.terminate();
    await watcher.hears(["page-1 header live", "page-1 1", "page-1 torn"]);
  });

  test("tells a recorder that comes back how far it had come, and takes nothing twice", async () => {
    const server = await serve();
    const first = intake(server);
    await first.opened;
    first.say({ type: "header", header });
    const alive = (seq: number) => ({ seq, t: seq, kind: "alive" });
    first.say({ type: "events", events: [alive(1), alive(2)] });
    await first.hears([
      { type: "ack", seq: 0 },
      { type: "ack", seq: 2 },
    ]);
    first.socket.terminate();
    const again = intake(server);
    await again.opened;
    again.say({ type: "header", header });
    await again.hears([{ type: "ack", seq: 2 }]);
    again.say({ type: "events", events: [alive(2), alive(3), alive(6)] });
    await again.hears([
      { type: "ack", seq: 2 },
      { type: "ack", seq: 6 },
    ]);
    const watcher = feed(server);
    await watcher.hears([
      "page-1 header live",
      "page-1 1",
      "page-1 2",
      "page-1 3",
      "page-1 gap 4-5",
      "page-1 6",
    ]);
  });

  test.each([
    ["no JSON", ["nonsense"], "malformed"],
    ["events before the header", [{ type: "events", events: [] }], "no-header"],
    [
      "an event that is none",
      [
        { type: "header", header },
        { type: "events", events: [{ seq: 1 }] },
      ],
      "malformed",
    ],
    [
      "an id that cannot name a file",
      [{ type: "header", header: { ...header, id: "../x" } }],
      "malformed",
    ],
    [
      "an id that another trace has",
      [
        { type: "header", header },
        { type: "header", header: { ...header, startedAt: "2020-01-01T00:00:00.000Z" } },
      ],
      "id-taken",
    ],
    [
      "a trace whose file cannot be made",
      [{ type: "header", header: { ...header, id: "a-folder" } }],
      "not-stored",
    ],
  ])("refuses %s", async (_name, messages, code) => {
    const problems: string[] = [];
    const server = await serve({ report: ({ en }) => problems.push(en) });
    mkdirSync(join(traces(), "a-folder.sdpscope.jsonl"));
    const page = intake(server);
    await page.opened;
    for (const message of messages) page.say(message);
    const closed = await new Promise((resolve) => page.socket.on("close", resolve));
    expect(closed).toBe(1008);
    const { message } = page.replies.at(-1) as { readonly message: string };
    const sentence = { en: message, ko: expect.stringMatching(/[가-힣]/) };
    expect(page.replies.at(-1)).toEqual({ type: "refused", code, message, sentence });
    // What is wrong with the disk is for whoever runs the server.
    expect(problems).toEqual(code === "not-stored" ? [message] : []);
    expect(
      readdirSync(traces())
        .filter((name) => name.endsWith(".jsonl"))
        .filter((name) => !name.startsWith("page-1")),
    ).toEqual(["a-folder.sdpscope.jsonl"]);
  });

  test("leaves a trace live that a recorder took again before its old socket was known to be gone", async () => {
    const server = await serve();
    const old = intake(server);
    await old.opened;
    old.say({ type: "header", header });
    old.say({ type: "events", events: [{ seq: 1, t: 0, kind: "create", peer: "alice", pc: "a" }] });
    await old.hears([
      { type: "ack", seq: 0 },
      { type: "ack", seq: 1 },
    ]);
    const back = intake(server);
    await back.opened;
    back.say({ type: "header", header });
    await back.hears([{ type: "ack", seq: 1 }]);
    const watcher = feed(server);
    await watcher.hears(["page-1 header live", "page-1 1"]);
    old.socket.close();
    await new Promise((resolve) => old.socket.on("close", resolve));
    back.say({ type: "events", events: [{ seq: 2, t: 1, kind: "alive" }] });
    await watcher.hears(["page-1 header live", "page-1 1", "page-1 2"]);
    back.socket.terminate();
    await watcher.hears(["page-1 header live", "page-1 1", "page-1 2", "page-1 torn"]);
  });

  test("lets go of a trace when another follows on the same socket", async () => {
    const server = await serve();
    const page = intake(server);
    await page.opened;
    page.say({ type: "header", header });
    page.say({ type: "header", header });
    await page.hears([
      { type: "ack", seq: 0 },
      { type: "ack", seq: 0 },
    ]);
    const watcher = feed(server);
    await watcher.hears(["page-1 header live"]);
    page.say({ type: "header", header: { ...header, id: "page-2" } });
    await watcher.hears(["page-1 header live", "page-2 header live", "page-1 ended"]);
    page.socket.terminate();
    await vi.waitFor(() => expect(watcher.heard.at(-1)).toBe("page-2 ended"));
  });

  test("writes nothing that comes after what it refused", async () => {
    const server = await serve();
    const page = intake(server);
    await page.opened;
    const alive = (seq: number) => ({ seq, t: seq, kind: "alive" });
    page.say({ type: "header", header });
    page.say({ type: "events", events: [alive(1)] });
    page.say({ type: "events", events: [alive(2), { seq: "three" }] });
    page.say({ type: "events", events: [alive(4)] });
    page.say({ type: "header", header: { ...header, id: "page-2" } });
    await new Promise((resolve) => page.socket.on("close", resolve));
    await page.hears([
      { type: "ack", seq: 0 },
      { type: "ack", seq: 1 },
      expect.objectContaining({ type: "refused", code: "malformed" }),
    ]);
    const list = (await (await fetch(`${server.url}traces`)).json()) as TraceSummary[];
    expect(list).toMatchObject([{ id: "page-1", events: 1 }]);
  });

  describe("with limits", () => {
    const alive = (seq: number) => ({ seq, t: seq, kind: "note", text: "x".repeat(400) });
    const MIB = 1024 * 1024;

    async function refused(page: ReturnType<typeof intake>) {
      const closed = new Promise((resolve) => page.socket.on("close", resolve));
      expect(await closed).toBe(1008);
      return page.replies.at(-1);
    }

    test("takes no more of a trace that is too large, and keeps what it has", async () => {
      const server = await serve({ limits: { maxTraceBytes: 1000 } });
      const page = intake(server);
      await page.opened;
      page.say({ type: "header", header });
      for (const seq of [1, 2, 3]) page.say({ type: "events", events: [alive(seq)] });
      const ko = expect.stringContaining("한도인 1000바이트를 넘습니다");
      expect(await refused(page)).toMatchObject({
        type: "refused",
        code: "trace-too-large",
        message: expect.stringContaining("page-1 is longer than 1000 bytes"),
        sentence: { ko },
      });
      const { trace } = readTrace(readFileSync(join(traces(), "page-1.sdpscope.jsonl"), "utf8"));
      expect(trace.events.map(({ seq }) => seq)).toEqual([1]);
      const list = (await (await fetch(`${server.url}traces`)).json()) as TraceSummary[];
      expect(list).toMatchObject([{ id: "page-1", events: 1 }]);
    });

    test("begins no trace beside as many as it keeps, and one again once some were deleted", async () => {
      const server = await serve({ limits: { maxTraces: 2 } });
      const old = join(traces(), "old.sdpscope.jsonl");
      writeFileSync(old, "kept");
      server.attach(recorderOf("own"));
      const page = intake(server);
      await page.opened;
      page.say({ type: "header", header });
      expect(await refused(page)).toMatchObject({
        code: "too-many-traces",
        message: expect.stringMatching(/holds 2, .*--max-traces/),
      });
      expect(() => server.attach(recorderOf("another"))).toThrow("holds 2");
      expect(readFileSync(old, "utf8")).toBe("kept");
      rmSync(old);
      const again = intake(server);
      await again.opened;
      again.say({ type: "header", header });
      await again.hears([{ type: "ack", seq: 0 }]);
    });

    test("takes a trace again that it has, however many there are", async () => {
      const first = await serve();
      const page = intake(first);
      await page.opened;
      page.say({ type: "header", header });
      page.say({ type: "events", events: [alive(1)] });
      await page.hears([
        { type: "ack", seq: 0 },
        { type: "ack", seq: 1 },
      ]);
      await first.close();
      const back = intake(await serve({ limits: { maxTraces: 1 } }));
      await back.opened;
      back.say({ type: "header", header });
      await back.hears([{ type: "ack", seq: 1 }]);
    });

    test("takes nothing where the folder is full, of the traces of former runs, too", async () => {
      mkdirSync(traces());
      writeFileSync(join(traces(), "old.sdpscope.jsonl"), "x".repeat(MIB - 1000));
      const problems: string[] = [];
      const report = ({ en }: Message) => problems.push(en);
      const server = await serve({ limits: { maxTotalBytes: MIB }, report });
      const page = intake(server);
      await page.opened;
      page.say({ type: "header", header });
      for (const seq of [1, 2, 3]) page.say({ type: "events", events: [alive(seq)] });
      expect(await refused(page)).toMatchObject({
        code: "no-room",
        message: expect.stringContaining("have 1 MiB together"),
      });
      expect(problems).toEqual([]);
      const recorder = recorderOf("own");
      const watcher = feed(server);
      server.attach(recorder);
      for (const seq of [1, 2, 3]) recorder.record({ kind: "note", text: `${seq}`.repeat(400) });
      expect(recorder.trace.events).toHaveLength(3);
      expect(problems).toEqual([expect.stringContaining("have 1 MiB together")]);
      await vi.waitFor(() => expect(watcher.heard.at(-1)).toMatch(/^own (header )?ended$/));
    });

    test("counts a header, too", async () => {
      const server = await serve({ limits: { maxTraceBytes: 1000 } });
      const page = intake(server);
      await page.opened;
      page.say({ type: "header", header: { ...header, peers: [{ id: "x".repeat(1000) }] } });
      expect(await refused(page)).toMatchObject({ code: "trace-too-large" });
      expect(readdirSync(traces()).filter((name) => name.endsWith(".jsonl"))).toEqual([]);
    });

    test.each([0, -1, Number.NaN])("has none of %d", async (maxTraces) => {
      await expect(serve({ limits: { maxTraces } })).rejects.toThrow(
        new RangeError(`maxTraces is a number above 0; got ${maxTraces}.`),
      );
    });
  });

  test("cuts off a recorder that is gone without a word, and a page, and keeps those that answer", async () => {
    const server = await serve({ signaling: { heartbeatMs: 100 } });
    const watcher = feed(server);
    const url = server.url.replace("http", "ws");
    const silent = [`intake?token=${server.token}`, "feed"].map((path) => {
      const socket = new WebSocket(url + path, { autoPong: false });
      closers.push(() => socket.terminate());
      return socket;
    });
    const gone = silent.map((socket) => new Promise((resolve) => socket.on("close", resolve)));
    silent[0]?.on("open", () => {
      silent[0]?.send(JSON.stringify({ type: "header", header }));
      const create = { seq: 1, t: 0, kind: "create", peer: "alice", pc: "a" };
      silent[0]?.send(JSON.stringify({ type: "events", events: [create] }));
    });
    expect(await Promise.all(gone)).toEqual([1006, 1006]);
    await watcher.hears(["page-1 header live", "page-1 1", "page-1 torn"]);
    expect(watcher.socket.readyState).toBe(WebSocket.OPEN);
  });

  test("stays shut without the token", async () => {
    const server = await serve();
    expect(await intake(server, "wrong").opened).toBe(401);
    expect(await intake(server, "").opened).toBe(401);
  });
});

describe("the page", () => {
  test("comes with its content types, and may load nothing from elsewhere", async () => {
    mkdirSync(join(page(), "assets"), { recursive: true });
    writeFileSync(join(page(), "index.html"), "<!doctype html><title>sdpscope</title>");
    writeFileSync(join(page(), "assets", "index-1a2b.js"), "export {};");
    const server = await serve();
    const index = await fetch(server.url);
    expect(index.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(index.headers.get("x-content-type-options")).toBe("nosniff");
    const policy = index.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`connect-src 'self' ws://${new URL(server.url).host}`);
    expect(policy).not.toContain("unsafe");
    expect(await index.text()).toContain("<title>sdpscope</title>");
    const script = await fetch(`${server.url}assets/index-1a2b.js`);
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(script.headers.get("cache-control")).toContain("immutable");
    const head = await fetch(server.url, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test.each([
    ["GET", "/nothing.js", 404],
    ["GET", "/%2e%2e/secret.json", 404],
    ["GET", "/..%2fsecret.json", 404],
    ["GET", "/%00.js", 404],
    ["GET", "/%ff", 404],
    ["POST", "/traces", 405],
  ])("%s %s is answered with %i", async (method, path, status) => {
    mkdirSync(page());
    writeFileSync(join(folder, "secret.json"), "{}");
    const server = await serve();
    expect(await statusOf(server, { method, path })).toBe(status);
  });

  test("says how to build it when it is not built", async () => {
    const server = await serve();
    const answer = await fetch(server.url);
    expect([answer.status, await answer.text()]).toEqual([
      503,
      "The inspector is not built yet: npm run build.\n",
    ]);
  });

  test.each([
    ["evil.example", 403],
    ["127.0.0.1.evil.example", 403],
    ["localhost", 200],
    ["[::1]", 200],
  ])("a request to the host %j is answered with %i", async (name, status) => {
    const server = await serve();
    const host = `${name}:${new URL(server.url).port}`;
    expect(await statusOf(server, { path: "/traces", headers: { host } })).toBe(status);
  });
});

describe("the recorder for pages", () => {
  test("knows the way to this run's intake, and may be loaded by any page", async () => {
    const recorder = join(folder, "record.js");
    writeFileSync(recorder, "start();");
    const server = await serve({ recorder, token: "a b" });
    const answer = await fetch(`${server.url}record.js`);
    const { host } = new URL(server.url);
    expect(await answer.text()).toBe(
      `globalThis.sdpscopeIntake = "ws://${host}/intake?token=a%20b";\nstart();`,
    );
    expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  });

  test("is missing, with a word on how to build it, where it is not built", async () => {
    const server = await serve({ recorder: join(folder, "nothing.js") });
    const answer = await fetch(`${server.url}record.js`);
    expect([answer.status, await answer.text()]).toEqual([
      404,
      "The recorder is not built yet: npm run build.\n",
    ]);
  });
});

test("signaling rooms are on the same port", async () => {
  const server = await serve();
  const member = await connectSignaling(`${server.url.replace("http", "ws")}rooms/demo`);
  expect(member.id).toBe("m1");
  await member.close();
});

describe("a server that cannot start", () => {
  test("says that the port is in use", async () => {
    const port = Number(new URL((await serve()).url).port);
    await expect(serve({ port })).rejects.toMatchObject({
      name: "ServeError",
      code: "port-in-use",
      message: `Port ${port} of 127.0.0.1 is in use.`,
    });
  });

  test("says that the folder for traces cannot be used", async () => {
    writeFileSync(join(folder, "traces"), "a file");
    await expect(serve()).rejects.toMatchObject({ code: "traces-folder" });
  });
});

/** What a link points to; `undefined` when it is gone. */
function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

interface Ask {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

/** Sends a path and a host as they are: `fetch` would tidy both. */
function statusOf(server: InspectorServer, ask: Ask): Promise<number | undefined> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, ...ask }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on("error", reject);
    request.end();
  });
}
