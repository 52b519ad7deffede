import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { IntakeSocket } from "../../lib/record/send.ts";
import { sendTrace } from "../../lib/record/send.ts";
import { createInspectorServer } from "../../lib/serve/server.ts";
import { readTrace } from "../../lib/trace/file.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";

const WebSocketClass = WebSocket as unknown as new (url: string) => IntakeSocket;
const closers: (() => unknown)[] = [];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sdpscope-test-"));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** A server in a process of its own, which can be killed. */
async function startServer(traces: string, port: number) {
  const run = join(import.meta.dirname, "../lab/run.mjs");
  const process_ = spawn(process.execPath, [run, "../support/intake", traces, `${port}`], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production", VITEST: undefined },
  });
  const [line] = await once(process_.stdout, "data");
  const { url, token } = JSON.parse(String(line)) as { url: string; token: string };
  return { process: process_, url, token };
}

function recorderOf(id: string) {
  return createRecorder({ now: () => performance.timeOrigin + performance.now(), id });
}

describe("a trace that is sent", () => {
  test("arrives whole: what there was before, what comes, and the end", async () => {
    const server = await createInspectorServer({ traces: folder });
    closers.push(() => server.close());
    const recorder = recorderOf("sent");
    for (let count = 0; count < 450; count++) recorder.record({ kind: "alive" });
    const url = `${server.url.replace("http", "ws")}intake?token=${server.token}`;
    const sender = sendTrace(recorder, { url, WebSocket: WebSocketClass });
    await vi.waitFor(() => expect(sender.acknowledged).toBe(450));
    recorder.record({ kind: "note", text: "later" });
    recorder.record({ kind: "end", reason: "closed" });
    sender.close();
    await vi.waitFor(async () => {
      const list = await (await fetch(`${server.url}traces`)).json();
      expect(list).toMatchObject([{ id: "sent", events: 452, state: "ended" }]);
    });
  });

  test("goes on after the last written event when the connection was lost", async () => {
    const heard: unknown[] = [];
    const intake = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    closers.push(() => intake.close());
    let connections = 0;
    intake.on("connection", (socket) => {
      connections++;
      socket.on("message", (data) => {
        const message = JSON.parse(data.toString());
        const seqs = message.events?.map((event: { seq: number }) => event.seq);
        heard.push(seqs ?? message.type);
        // The first connection breaks before it says that event 2 was written.
        if (message.type === "header") {
          socket.send(JSON.stringify({ type: "ack", seq: connections === 1 ? 0 : 1 }));
        } else if (connections === 1) socket.terminate();
      });
    });
    await new Promise((resolve) => intake.on("listening", resolve));
    const { port } = intake.address() as { port: number };
    const recorder = recorderOf("lost");
    recorder.record({ kind: "alive" });
    recorder.record({ kind: "alive" });
    const sender = sendTrace(recorder, {
      url: `ws://127.0.0.1:${port}`,
      WebSocket: WebSocketClass,
    });
    closers.push(() => sender.close());
    await vi.waitFor(() => expect(heard).toEqual(["header", [1, 2], "header", [2]]), {
      timeout: 3000,
    });
  });

  test("loses nothing that was acknowledged when the server is killed, and goes on with the next one", async () => {
    const recorder = recorderOf("killed");
    const first = await startServer(folder, 0);
    const address = new URL(first.url);
    const url = `ws://${address.host}/intake?token=${first.token}`;
    const sender = sendTrace(recorder, { url, WebSocket: WebSocketClass });
    closers.push(() => sender.close());
    for (let count = 0; count < 300; count++) recorder.record({ kind: "alive" });
    await vi.waitFor(() => expect(sender.acknowledged).toBeGreaterThan(0));
    first.process.kill("SIGKILL");
    await once(first.process, "exit");
    const { acknowledged } = sender;
    const file = join(folder, "killed.sdpscope.jsonl");
    const { trace } = readTrace(readFileSync(file, "utf8"));
    expect(trace.events.at(-1)?.seq).toBeGreaterThanOrEqual(acknowledged);
    // As if the last write had been cut off.
    appendFileSync(file, '{"seq":9999,"t":1,"ki');
    for (let count = 0; count < 200; count++) recorder.record({ kind: "alive" });
    const second = await startServer(folder, Number(address.port));
    closers.push(() => second.process.kill());
    expect(second.token).toBe(first.token);
    await vi.waitFor(() => expect(sender.acknowledged).toBe(500), { timeout: 6000 });
    const whole = readTrace(readFileSync(file, "utf8"));
    expect(whole.diagnostics).toEqual([]);
    expect(whole.trace.events).toEqual(recorder.trace.events);
  }, 20_000);

  test("says which events were dropped while nobody took them", async () => {
    const recorder = createRecorder({ now: () => Date.now(), id: "dropped", maxEvents: 100 });
    for (let count = 0; count < 130; count++) recorder.record({ kind: "alive" });
    const server = await createInspectorServer({ traces: folder });
    closers.push(() => server.close());
    const url = `${server.url.replace("http", "ws")}intake?token=${server.token}`;
    const sender = sendTrace(recorder, { url, WebSocket: WebSocketClass });
    closers.push(() => sender.close());
    await vi.waitFor(() => expect(sender.acknowledged).toBe(131));
    const text = await (await fetch(`${server.url}traces/dropped`)).text();
    const { events } = readTrace(text).trace;
    expect(events[0]?.seq).toBe(51);
    expect(events.at(-1)).toMatchObject({
      kind: "note",
      text: expect.stringContaining("Events 1 to 50 were dropped"),
    });
  });

  test("arrives whole where many of its events are long", async () => {
    const server = await createInspectorServer({ traces: folder });
    closers.push(() => server.close());
    const recorder = recorderOf("long");
    for (let count = 0; count < 200; count++) {
      recorder.record({ kind: "note", text: "가".repeat(60_000) });
    }
    const url = `${server.url.replace("http", "ws")}intake?token=${server.token}`;
    const sender = sendTrace(recorder, { url, WebSocket: WebSocketClass });
    closers.push(() => sender.close());
    await vi.waitFor(() => expect(sender.acknowledged).toBe(200), { timeout: 8000 });
    expect(sender.failures).toBe(0);
  }, 15_000);

  test("says of an event that the intake would not take what was left out, and loses no other", async () => {
    const server = await createInspectorServer({ traces: folder });
    closers.push(() => server.close());
    const recorder = recorderOf("oversized");
    recorder.record({ kind: "alive" });
    recorder.record({ kind: "note", peer: "alice", pc: "pc1", text: "가".repeat(3_000_000) });
    recorder.record({ kind: "note", text: "x".repeat(3_000_000) });
    const url = `${server.url.replace("http", "ws")}intake?token=${server.token}`;
    const sender = sendTrace(recorder, { url, WebSocket: WebSocketClass });
    closers.push(() => sender.close());
    await vi.waitFor(() => expect(sender.acknowledged).toBe(3), { timeout: 8000 });
    const text = await (await fetch(`${server.url}traces/oversized`)).text();
    const { events } = readTrace(text).trace;
    expect(events[1]).toEqual({
      seq: 2,
      t: recorder.trace.events[1]?.t,
      peer: "alice",
      pc: "pc1",
      kind: "note",
      text: expect.stringMatching(/of kind note, was left out: its 30000\d\d characters/),
    });
    expect([events[0], events[2]]).toEqual([recorder.trace.events[0], recorder.trace.events[2]]);
  }, 15_000);

  test("arrives whole although it is closed before its socket is open", async () => {
    const server = await createInspectorServer({ traces: folder });
    closers.push(() => server.close());
    const recorder = recorderOf("early");
    recorder.record({ kind: "note", text: "x" });
    recorder.record({ kind: "end", reason: "closed" });
    const url = `${server.url.replace("http", "ws")}intake?token=${server.token}`;
    const sender = sendTrace(recorder, { url, WebSocket: WebSocketClass });
    sender.close();
    sender.close();
    await vi.waitFor(async () => {
      const list = await (await fetch(`${server.url}traces`)).json();
      expect(list).toMatchObject([{ id: "early", events: 2, state: "ended" }]);
    });
  });

  test("arrives whole although more of it than is sent at once is left when it is closed", async () => {
    const server = await createInspectorServer({ traces: folder });
    closers.push(() => server.close());
    const recorder = recorderOf("late");
    const url = `${server.url.replace("http", "ws")}intake?token=${server.token}`;
    const sender = sendTrace(recorder, { url, WebSocket: WebSocketClass });
    recorder.record({ kind: "alive" });
    await vi.waitFor(() => expect(sender.acknowledged).toBe(1));
    for (let count = 0; count < 200; count++) {
      recorder.record({ kind: "note", text: "x".repeat(60_000) });
    }
    sender.close();
    await vi.waitFor(
      async () => {
        const list = await (await fetch(`${server.url}traces`)).json();
        expect(list).toMatchObject([{ id: "late", events: 201 }]);
      },
      { timeout: 5000 },
    );
  }, 10_000);

  test("is given up a while after it was closed where nobody takes it", async () => {
    vi.useFakeTimers();
    closers.push(() => vi.useRealTimers());
    let closed = 0;
    class Silent extends EventTarget {
      readyState = 0;
      bufferedAmount = 0;
      send(): void {}
      close(): void {
        closed++;
      }
    }
    const recorder = recorderOf("silent");
    recorder.record({ kind: "alive" });
    const sender = sendTrace(recorder, {
      url: "ws://127.0.0.1:1",
      WebSocket: Silent as unknown as typeof WebSocketClass,
    });
    sender.close();
    vi.advanceTimersByTime(4999);
    expect(closed).toBe(0);
    vi.advanceTimersByTime(1);
    expect(closed).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is kept where the server has no room for it, with what the server says", async () => {
    const server = await createInspectorServer({ traces: folder, limits: { maxTraceBytes: 1000 } });
    closers.push(() => server.close());
    const recorder = recorderOf("large");
    const url = `${server.url.replace("http", "ws")}intake?token=${server.token}`;
    const sender = sendTrace(recorder, { url, WebSocket: WebSocketClass });
    closers.push(() => sender.close());
    recorder.record({ kind: "alive" });
    await vi.waitFor(() => expect(sender.acknowledged).toBe(1));
    recorder.record({ kind: "note", text: "x".repeat(1000) });
    await vi.waitFor(() => expect(sender.refusal).toContain("--max-trace-size"));
    expect(recorder.trace.events).toHaveLength(2);
  });

  test("asks a server that takes the socket and ends it less and less often", async () => {
    vi.useFakeTimers();
    closers.push(() => vi.useRealTimers());
    let sockets = 0;
    let isAnswered = false;
    class Ended extends EventTarget {
      readyState = 1;
      bufferedAmount = 0;
      constructor() {
        super();
        sockets++;
        queueMicrotask(() => {
          this.dispatchEvent(new Event("open"));
          const data = '{"type":"ack","seq":0}';
          if (isAnswered) this.dispatchEvent(new MessageEvent("message", { data }));
          this.dispatchEvent(new Event("close"));
        });
      }
      send(): void {}
      close(): void {}
    }
    const sender = sendTrace(recorderOf("ended"), {
      url: "ws://127.0.0.1:1",
      WebSocket: Ended as unknown as typeof WebSocketClass,
    });
    closers.push(() => sender.close());
    await vi.advanceTimersByTimeAsync(20_000);
    // After 0.25, 0.5, 1, 2 and then every 4 seconds.
    expect([sockets, sender.failures]).toEqual([9, 9]);
    isAnswered = true;
    await vi.advanceTimersByTimeAsync(4000);
    expect(sender.failures).toBe(1);
  });

  test("is kept, without an error, while nobody listens", async () => {
    const recorder = recorderOf("alone");
    const sender = sendTrace(recorder, { url: "ws://127.0.0.1:9", WebSocket: WebSocketClass });
    recorder.record({ kind: "alive" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sender.acknowledged).toBe(0);
    sender.close();
  });
});
