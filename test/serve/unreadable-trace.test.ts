import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { InspectorServer } from "../../lib/serve/server.ts";
import { createInspectorServer } from "../../lib/serve/server.ts";
import type { FeedMessage } from "../../lib/trace/feed.ts";
import { readFeedMessage } from "../../lib/trace/feed.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";

const disk = vi.hoisted(() => ({ isBroken: false }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const readSync = (...given: Parameters<typeof fs.readSync>): number => {
    if (disk.isBroken) throw new Error("EIO: i/o error, read");
    return fs.readSync(...given);
  };
  return { ...fs, readSync };
});

let folder: string;
const closers: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sdpscope-test-"));
});
afterEach(async () => {
  disk.isBroken = false;
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

function feed(server: InspectorServer, after: string) {
  const socket = new WebSocket(`${server.url.replace("http", "ws")}feed?after=${after}`);
  closers.push(() => socket.terminate());
  const heard: FeedMessage[] = [];
  socket.on("message", (data) => {
    const message = readFeedMessage(data.toString());
    if (message !== undefined) heard.push(message);
  });
  const closed = new Promise((resolve) => {
    socket.on("close", (code, reason) => resolve([code, reason.toString()]));
  });
  return { socket, heard, closed };
}

test("a disk that cannot be read closes the page that needs it, says so once, and disturbs nobody else", async () => {
  const problems: string[] = [];
  const server = await createInspectorServer({
    traces: folder,
    report: ({ en, ko }) => problems.push(en, ko),
  });
  closers.push(() => server.close());
  const recorder = createRecorder({ now: () => Date.now(), id: "long" });
  server.attach(recorder);
  for (let count = 0; count < 5000; count++) recorder.record({ kind: "alive" });

  const upToDate = feed(server, "long:5000");
  await vi.waitFor(() => expect(upToDate.heard).toHaveLength(1));
  disk.isBroken = true;
  const late = feed(server, "long:0");
  expect(await late.closed).toEqual([1011, "trace-unreadable"]);
  expect(await feed(server, "long:0").closed).toEqual([1011, "trace-unreadable"]);
  expect(problems).toEqual([
    expect.stringMatching(/^The trace long cannot be read: EIO: i\/o error, read\. /),
    expect.stringContaining("트레이스(long)를 읽을 수 없습니다"),
  ]);

  recorder.record({ kind: "note", text: "still here" });
  await vi.waitFor(() => expect(upToDate.heard.at(-1)).toMatchObject({ event: { seq: 5001 } }));
  expect(upToDate.socket.readyState).toBe(WebSocket.OPEN);

  disk.isBroken = false;
  const back = feed(server, "long:0");
  await vi.waitFor(() => expect(back.heard.at(-1)).toMatchObject({ event: { seq: 5001 } }));
});

test("a disk that fails while a slow page is served closes that page alone", async () => {
  const server = await createInspectorServer({ traces: folder, report: () => {} });
  closers.push(() => server.close());
  const recorder = createRecorder({ now: () => Date.now(), id: "slow" });
  server.attach(recorder);
  for (let count = 0; count < 3000; count++) {
    recorder.record({ kind: "note", text: "x".repeat(20_000) });
  }
  const slow = feed(server, "slow:0");
  await vi.waitFor(() => expect(slow.heard.length).toBeGreaterThan(0));
  disk.isBroken = true;
  expect(await slow.closed).toEqual([1011, "trace-unreadable"]);
  expect((await fetch(`${server.url}traces`)).status).toBe(200);
});
