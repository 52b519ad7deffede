import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { commands } from "../../lib/cli/commands/catalog.ts";
import { runCommandLine } from "../../lib/cli/run.ts";
import { readTrace } from "../../lib/trace/file.ts";
import { offer, readDump } from "../support/dump-samples.ts";

const folder = mkdtempSync(join(tmpdir(), "sdpscope-import-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function run(args: readonly string[], input: string | Uint8Array = "") {
  let out = "";
  let err = "";
  const code = await runCommandLine(
    args,
    { version: "0", commands, fallback: "serve" },
    {
      out: (line) => {
        out += `${line}\n`;
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
      signal: new AbortController().signal,
    },
  );
  return { code, out, err };
}

const alice = readDump("chromium/alice.internals.json");
const bob = readDump("chromium/bob.internals.json");

describe("import", () => {
  test("writes a trace file for each session, and says what it found and what it cannot know", async () => {
    const into = join(folder, "traces");
    const { code, out, err } = await run(["import", file("alice.json", alice), "--out", into]);
    expect(code).toBe(0);
    const [name = ""] = readdirSync(into);
    expect(out).toMatch(new RegExp(`${name} {2}\\d+ events, [\\d.]+ s: tab 8\n$`));
    expect(err).toContain("alice.json: webrtc-internals dump, one session");
    expect(err).toContain("info import/no-signaling");
    const { trace, diagnostics } = readTrace(readFileSync(join(into, name), "utf8"));
    expect(diagnostics).toEqual([]);
    expect(trace.header.source).toMatchObject({ format: "webrtc-internals", file: "alice.json" });
  });

  test("takes compressed input, from a file and from the standard input", async () => {
    const plain = await run(["import", "--print"], alice);
    const packed = gzipSync(alice);
    expect((await run(["import", "--print"], packed)).out).toBe(plain.out);
    const named = await run(["import", file("a.gz", packed), "--print"]);
    expect(readTrace(named.out).trace.events).toEqual(readTrace(plain.out).trace.events);
  });

  test("refuses what it does not know, in the asked language", async () => {
    const { code, out, err } = await run(["import", "--lang", "ko"], "hello");
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain("표준 입력: 가져오지 못했습니다");
    expect(err).toContain("알 수 없는 형식입니다.");
    expect(err).toContain("webrtc-internals 덤프: JSON 객체가 아닙니다.");
  });
});

describe("merge", () => {
  test("joins two dumps and tells how far the clocks were apart", async () => {
    const args = ["merge", file("alice.json", alice), file("bob.json", bob), "--print"];
    const { code, out, err } = await run(args);
    expect(code).toBe(0);
    expect(err).toMatch(
      /info merge\/clock-shift .* was shifted by [\d.-]+ ms, at most [\d.]+ ms off/,
    );
    expect(readTrace(out).trace.header.peers.map(({ name }) => name)).toEqual([
      "tab 8",
      "tab 8 (bob.json)",
    ]);
  });

  test("takes two files or more", async () => {
    expect(await run(["merge", file("alice.json", alice)])).toMatchObject({
      code: 2,
      err: "sdpscope: merge takes two files or more.\n",
    });
  });
});

describe("a dump where a description is wanted", () => {
  test("gives its only description", async () => {
    const { code, out } = await run(["lint"], JSON.stringify({ type: "offer", sdp: offer }));
    expect(code).toBe(0);
    expect(out).toContain("0 errors");
  });

  test("lists several, and gives the one that was named", async () => {
    const path = file("alice.json", alice);
    const { code, err } = await run(["lint", path]);
    expect(code).toBe(2);
    expect(err).toMatch(/#1 {2}8 8-1 createOffer offer 0\.\d{3} s\n/);
    expect((await run(["lint", `${path}#2`])).out).toMatch(/\d errors?/);
    expect((await run(["check", `${path}#1`, `${path}#2`])).out).toContain("0 errors");
    expect((await run(["lint", `${path}#9`])).err).toContain("There is no description");
  });

  test("shows the candidates of a dump", async () => {
    const { code, out } = await run(["candidates", file("alice.json", alice)]);
    expect(code).toBe(0);
    expect(out).toContain("8 local 0");
    expect(out).toContain("8 remote 0");
  });
});
