import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { commands } from "../../lib/cli/commands/catalog.ts";
import { runCommandLine } from "../../lib/cli/run.ts";
import { createPlayer } from "../../lib/peer/player.ts";
import { diagnoseSession } from "../../lib/rules/diagnose-session.ts";
import { readTrace } from "../../lib/trace/file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sdpscope-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function start(args: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const interrupt = new AbortController();
  const exitCode = runCommandLine(
    [...args, "--traces", join(folder, "traces")],
    { version: "0", commands, fallback: "serve" },
    {
      out: (line) => out.push(line),
      write: (text) => out.push(text),
      err: (line) => err.push(line),
      input: async () => "",
      env,
      isColour: false,
      signal: interrupt.signal,
    },
  );
  return { out, err, exitCode, interrupt: () => interrupt.abort() };
}

/** The traces of a folder; the server keeps a file of its own beside them. */
const tracesIn = (path: string): string[] =>
  readdirSync(path).filter((name) => name.endsWith(".sdpscope.jsonl"));

describe("sdpscope demo", () => {
  test("prints the address alone on a line, runs a whole call, and ends with 0 at Ctrl-C", async () => {
    const demo = start(["demo"], { PORT: "0" });
    await vi.waitFor(() => expect(demo.out[0]).toMatch(/^Inspector: http:\/\/127\.0\.0\.1:\d+\/$/));
    await vi.waitFor(() => expect(demo.out.at(-1)).toBe("Press Ctrl-C to stop."), {
      timeout: 15_000,
      interval: 100,
    });
    expect(demo.out[1]).toMatch(/^Demo call: connected in [\d.]+ ms and closed\.$/);
    expect(demo.err).toEqual([]);
    demo.interrupt();
    expect(await demo.exitCode).toBe(0);
    const [file] = tracesIn(join(folder, "traces"));
    const text = readFileSync(join(folder, "traces", file ?? ""), "utf8");
    const { trace, diagnostics } = readTrace(text);
    expect(diagnostics).toEqual([]);
    expect(trace.header.peers).toMatchObject([
      { id: "alice", engine: expect.stringContaining("werift") },
      { id: "bob" },
    ]);
    expect(trace.events.at(-1)).toMatchObject({ kind: "end", reason: "closed" });
    const kinds = new Set(trace.events.map((event) => event.kind));
    for (const kind of [
      "create",
      "call",
      "settle",
      "state",
      "candidate",
      "pair",
      "signal",
      "track",
      "channel",
      "stats",
    ]) {
      expect(kinds).toContain(kind);
    }
    expect(diagnoseSession(trace).findings).toEqual([]);
  }, 20_000);

  test("is cut short by Ctrl-C in the middle of the call, and its trace still ends", async () => {
    const demo = start(["demo", "--port", "0", "--json"]);
    await vi.waitFor(() => expect(tracesIn(join(folder, "traces"))).toHaveLength(1));
    demo.interrupt();
    expect(await demo.exitCode).toBe(0);
    const [file] = tracesIn(join(folder, "traces"));
    const { trace } = readTrace(readFileSync(join(folder, "traces", file ?? ""), "utf8"));
    expect(trace.events.at(-1)).toMatchObject({ kind: "end", reason: "closed" });
    expect(Object.keys(JSON.parse(demo.out[0] ?? ""))).toEqual(["inspector"]);
  });
});

describe("sdpscope serve", () => {
  test("runs until Ctrl-C, and is what runs without a command", async () => {
    const serve = start([], { PORT: "0" });
    await vi.waitFor(() => expect(serve.out).toContain("Press Ctrl-C to stop."));
    const url = serve.out[0]?.replace("Inspector: ", "") ?? "";
    expect((await fetch(`${url}traces`)).status).toBe(200);
    serve.interrupt();
    expect(await serve.exitCode).toBe(0);
    await expect(fetch(`${url}traces`)).rejects.toThrow();
  });

  test("ends with 2 and a way out when the port is in use", async () => {
    const first = start(["serve", "--port", "0"]);
    await vi.waitFor(() => expect(first.out.length).toBeGreaterThan(0));
    const { port } = new URL(first.out[0]?.replace("Inspector: ", "") ?? "");
    const second = start(["serve"], { PORT: port });
    expect(await second.exitCode).toBe(2);
    expect(second.err).toEqual([
      `sdpscope: Port ${port} of 127.0.0.1 is in use. Choose another one with --port or PORT; 0 is any free one.`,
    ]);
    const korean = start(["serve", "--port", port, "--lang", "ko"]);
    expect(await korean.exitCode).toBe(2);
    expect(korean.err[0]).toContain("이미 사용 중입니다");
    first.interrupt();
    await first.exitCode;
  });

  test.each([
    [["--port", "none"], {}, 'got "none"'],
    [["--port", "70000"], {}, 'got "70000"'],
    [[], { PORT: "-1" }, 'got "-1"'],
  ])("ends with 2 for the port of %j %j", async (args, env, text) => {
    const serve = start(["serve", ...args], env);
    expect(await serve.exitCode).toBe(2);
    expect(serve.err[0]).toContain(text);
  });

  test.each([
    [["--max-traces", "0"], 'whole number from 1; got "0"', "1 이상의 정수"],
    [["--max-traces", "1.5"], 'whole number from 1; got "1.5"', "1 이상의 정수"],
    [["--max-trace-size", "much"], 'such as 500M; got "much"', "바이트 수이거나"],
    [["--max-total-size", "0G"], 'such as 500M; got "0G"', "바이트 수이거나"],
    [["--max-total-size", "5 M"], 'such as 500M; got "5 M"', "바이트 수이거나"],
  ])("ends with 2 for the limit of %j", async (args, en, ko) => {
    const serve = start(["serve", "--port", "0", ...args]);
    expect(await serve.exitCode).toBe(2);
    expect(serve.err[0]).toContain(en);
    const korean = start(["serve", "--port", "0", ...args, "--lang", "ko"]);
    expect(await korean.exitCode).toBe(2);
    expect(korean.err[0]).toContain(ko);
  });

  test("takes no more than its limits, and says what to do", async () => {
    mkdirSync(join(folder, "traces"));
    writeFileSync(join(folder, "traces", "old.sdpscope.jsonl"), "x".repeat(1024));
    const args = ["demo", "--exit", "--port", "0"];
    const many = start([...args, "--max-traces", "1"]);
    expect(await many.exitCode).toBe(1);
    expect(many.err).toEqual([expect.stringMatching(/demo call failed: .* --max-traces/)]);
    const large = start([...args, "--max-total-size", "1k", "--lang", "ko"]);
    expect(await large.exitCode).toBe(1);
    expect(large.err).toEqual([expect.stringMatching(/한도.*--max-total-size/)]);
    const long = start([...args, "--max-trace-size", "2K"]);
    expect(await long.exitCode).toBe(0);
    expect(long.err).toEqual([
      expect.stringMatching(/^sdpscope: The trace demo-.* is longer than 2048 bytes/),
    ]);
  }, 20_000);

  test("refuses a player where the limits leave no room for its trace, and goes on", async () => {
    const serve = start(["serve", "--port", "0", "--max-total-size", "1"]);
    await vi.waitFor(() => expect(serve.out[0]).toMatch(/^Inspector: /));
    const url = serve.out[0]?.slice("Inspector: ".length) ?? "";
    const address = `${url.replace("http", "ws")}webrtc_playnow/singleport/udp/demo`;
    const player = new WebSocket(address);
    const closed = new Promise((resolve) =>
      player.on("close", (code, reason) => resolve([code, reason.toString()])),
    );
    expect(await closed).toEqual([1008, "no-room"]);
    expect((await fetch(`${url}traces`)).status).toBe(200);
    serve.interrupt();
    expect(await serve.exitCode).toBe(0);
  });

  test("ends with 2 when traces cannot be written", async () => {
    writeFileSync(join(folder, "traces"), "a file");
    const serve = start(["serve", "--port", "0"]);
    expect(await serve.exitCode).toBe(2);
    expect(serve.err[0]).toContain("--traces");
  });
});

test("every command says in both languages what it does", () => {
  for (const { summary, options } of commands) {
    for (const words of [summary, ...options.map((option) => option.description)]) {
      expect(words.en).not.toBe("");
      expect(words.ko).toMatch(/[가-힣]/);
    }
  }
  expect(commands.map((command) => command.name)).toEqual(
    commands.map((command) => command.name).toSorted(),
  );
});

describe("sdpscope serve", () => {
  test("has a stream for server-first players, and a trace of each", async () => {
    const serve = start(["serve"], { PORT: "0" });
    await vi.waitFor(() => expect(serve.out[0]).toMatch(/^Inspector: /));
    const address = serve.out[0]?.slice("Inspector: http".length) ?? "";
    const player = createPlayer({ url: `ws${address}webrtc_playnow/singleport/udp/demo` });
    await player.play();
    await vi.waitFor(() => expect(player.received()[0]?.frames).toBeGreaterThan(0));
    await player.stop();
    serve.interrupt();
    expect(await serve.exitCode).toBe(0);
    const [file, ...others] = tracesIn(join(folder, "traces"));
    expect(others).toEqual([]);
    const text = readFileSync(join(folder, "traces", file ?? ""), "utf8");
    const { trace, diagnostics } = readTrace(text);
    expect(diagnostics).toEqual([]);
    expect(trace.events.at(-1)).toMatchObject({ kind: "end", reason: "closed" });
    expect(trace.events).toContainEqual(
      expect.objectContaining({ kind: "state", machine: "connection", to: "connected" }),
    );
  }, 15_000);
});
