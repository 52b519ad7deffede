import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { commands } from "../../lib/cli/commands/catalog.ts";
import { runCommandLine } from "../../lib/cli/run.ts";
import { builtRecorder } from "../../lib/serve/page.ts";
import { readTrace } from "../../lib/trace/file.ts";
import { importTrace } from "../../lib/trace/import-trace.ts";
import { offer, readDump } from "../support/dump-samples.ts";

const folder = mkdtempSync(join(tmpdir(), "sdpscope-sharing-"));
afterAll(() => rmSync(folder, { recursive: true }));

const early = new URL("../fixtures/traces/early-candidate.sdpscope.jsonl", import.meta.url)
  .pathname;

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(
  args: readonly string[],
  { input = "", signal = new AbortController().signal, onOut = (_line: string) => {} } = {},
): Promise<Run> {
  let out = "";
  let err = "";
  const code = await runCommandLine(
    args,
    { version: "0", commands, fallback: "serve" },
    {
      out: (line) => {
        out += `${line}\n`;
        onOut(line);
      },
      write: (text) => {
        out += text;
      },
      err: (line) => {
        err += `${line}\n`;
      },
      input: async () => input,
      env: {},
      isColour: false,
      signal,
    },
  );
  return { code, out, err };
}

describe("ladder", () => {
  test("prints a recorded session as it is, from a file and from the standard input", async () => {
    const { code, out } = await run(["ladder", early]);
    expect(code).toBe(0);
    expect(out).toMatch(/├── host udp 192\.0\.2\.2:\d+ ─+▶│ .*refused: InvalidStateError/);
    expect(out).toContain("Alice (Chromium 156)");
    const piped = await run(["ladder"], { input: readFileSync(early, "utf8") });
    expect(piped).toEqual({ code, out, err: "" });
  });

  test("masks pictures, unless told otherwise", async () => {
    const masked = await run(["ladder", early, "--format", "mermaid"]);
    expect(masked.out).toMatch(/^sequenceDiagram\n/);
    expect(masked.out).not.toContain("Alice");
    const plain = await run(["ladder", early, "--format", "svg", "--no-redact"]);
    expect(plain.out).toMatch(/^<svg .*Alice/s);
  });

  test("is said in Korean, as data, and not of two files", async () => {
    expect((await run(["ladder", early, "--lang", "ko"])).out).toContain(
      "거부됨: InvalidStateError",
    );
    const { out } = await run(["ladder", early, "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      trace: "early-candidate",
      columns: [{ id: "alice" }, { id: "bob" }],
    });
    const { code, err } = await run(["ladder", early, early]);
    expect(code).toBe(2);
    expect(err).toContain("ladder takes one file");
    expect((await run(["ladder", early, "--format", "pdf"])).err).toContain("text, mermaid, svg");
  });
});

describe("redact", () => {
  test("masks SDP and gives SDP, with another mask each time and the same one under one key", async () => {
    const first = await run(["redact"], { input: offer });
    expect(first.code).toBe(0);
    expect(first.out.startsWith("v=0")).toBe(true);
    expect(first.out).not.toBe(offer);
    expect(first.err).toContain("Masked, and read again");
    expect((await run(["redact"], { input: offer })).out).not.toBe(first.out);
    const keyed = await run(["redact", "--key", "k"], { input: offer });
    expect((await run(["redact", "--key=k"], { input: offer })).out).toBe(keyed.out);
  });

  test("masks dumps and traces, and gives a trace or an rtcstats dump", async () => {
    const dump = readDump("chromium/call.internals.json");
    const { code, out } = await run(["redact"], { input: dump });
    expect(code).toBe(0);
    const { trace, diagnostics } = readTrace(out);
    expect(diagnostics).toEqual([]);
    const ufrags = [...dump.matchAll(/a=ice-ufrag:([\w+/]{4,})/g)].map(([, ufrag]) => ufrag);
    expect(ufrags.length).toBeGreaterThan(0);
    for (const ufrag of ufrags) expect(out).not.toContain(`:${ufrag}\\r`);
    expect(trace.events.length).toBe(importTrace(dump).traces[0]?.events.length);
    const rtcstats = await run(["redact", early, "--as", "rtcstats"]);
    expect(importTrace(rtcstats.out).format?.id).toBe("rtcstats");
    expect(rtcstats.out).not.toContain("Alice");
  });

  test("writes into a folder, says so as JSON, and leaves everything on wish", async () => {
    const into = join(folder, "masked");
    const { out, err } = await run(["redact", early, "--out", into, "--json"]);
    expect(JSON.parse(out)).toMatchObject({ path: expect.stringContaining(into) });
    expect(err).toBe("");
    const [name = ""] = readdirSync(into);
    expect(readFileSync(join(into, name), "utf8")).not.toContain("alice");
    const plain = await run(["redact", early, "--no-redact", "--lang", "ko"]);
    expect(plain.out).toBe(readFileSync(early, "utf8"));
    expect(plain.err).toContain("아무것도 가리지 않았습니다");
  });

  test.each([
    [["redact", "/no/such/file"], "There is no file"],
    [["redact", early, early], "redact takes one file"],
    [["redact", early, "--key", ""], "--key is a text that is not empty"],
    [["redact", early, "--as", "pdf"], "--as is one of trace, rtcstats"],
    [["redact", early, "--as", "rtcstats", "--out", "x"], "--out writes trace files"],
  ])("refuses %j", async (args, reason) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(reason);
  });

  test("refuses what holds no session, and explains itself", async () => {
    const { code, out, err } = await run(["redact"], { input: "hello" });
    expect([code, out]).toEqual([2, ""]);
    expect(err).not.toBe("");
    expect((await run(["redact", "--help", "--lang", "ko"])).out).toContain("--no-redact");
  });
});

describe("record", () => {
  test("prints the tag, and says at the end that nothing came", async () => {
    const stop = new AbortController();
    const traces = join(folder, "none");
    const { code, out } = await run(["record", "--port", "0", "--traces", traces, "--lang", "ko"], {
      signal: stop.signal,
      onOut: (line) => line.includes("Ctrl-C") && stop.abort(),
    });
    expect(code).toBe(0);
    expect(out).toMatch(
      /^ {2}<script crossorigin src="http:\/\/127\.0\.0\.1:\d+\/record\.js"><\/script>$/m,
    );
    expect(out).toContain("기록된 것이 없습니다.");
  });

  test.skipIf(!existsSync(builtRecorder()))(
    "writes what a page sends, and tells where",
    async () => {
      const stop = new AbortController();
      const traces = join(folder, "some");
      let url: string | undefined;
      const running = run(["record", "--port", "0", "--traces", traces, "--json"], {
        signal: stop.signal,
        onOut: (line) => {
          url ??= (JSON.parse(line) as { inspector?: string }).inspector;
        },
      });
      while (url === undefined) await setTimeout(10);
      const script = await (await fetch(`${url}record.js`)).text();
      const intake = /ws:\/\/[^"'`\s]+\/intake\?token=[\w-]+/.exec(script)?.[0] ?? "";
      const socket = new WebSocket(intake);
      await new Promise((resolve) => socket.once("open", resolve));
      const { header } = readTrace(readFileSync(early, "utf8")).trace;
      const acknowledged = new Promise<void>((resolve) => {
        socket.on("message", (data) => String(data).includes('"seq":1') && resolve());
      });
      socket.send(JSON.stringify({ type: "header", header: { ...header, id: "page" } }));
      socket.send(
        JSON.stringify({ type: "events", events: [{ seq: 1, t: 0, kind: "note", text: "x" }] }),
      );
      await acknowledged;
      socket.close();
      stop.abort();
      const { code, out } = await running;
      expect(code).toBe(0);
      const last = JSON.parse(out.trim().split("\n").at(-1) ?? "") as {
        path: string;
        events: number;
      };
      expect(last.events).toBe(1);
      expect(readTrace(readFileSync(last.path, "utf8")).trace.events).toHaveLength(1);
    },
  );
});
