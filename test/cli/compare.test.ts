import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { commands } from "../../lib/cli/commands/catalog.ts";
import { runCommandLine } from "../../lib/cli/run.ts";

const path = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/traces/${name}.sdpscope.jsonl`, import.meta.url));

async function compare(args: readonly string[], input = "") {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(
    ["compare", ...args],
    { version: "0", commands, fallback: "serve" },
    {
      out: (line) => out.push(line),
      write: (text) => out.push(text),
      err: (line) => err.push(line),
      input: async () => input,
      env: {},
      isColour: false,
      signal: new AbortController().signal,
    },
  );
  return { code, out: out.join("\n"), err: err.join("\n") };
}

describe("sdpscope compare", () => {
  test("prints first where two recordings part and why, then the milestones side by side", async () => {
    const { code, out } = await compare([path("ok"), path("early-candidate")]);
    expect(code).toBe(1);
    const [summary, cause, fix] = out.split("\n");
    expect(summary).toMatch(
      /^ok\.sdpscope\.jsonl connected; early-candidate\.sdpscope\.jsonl never connected\. They part here: Bob: addIceCandidate is refused/,
    );
    expect(cause).toMatch(/^only there: session\/candidate-before-description /);
    expect(fix).toMatch(/^fix: /);
    expect(out).toMatch(
      /^── Bob +ok\.sdpscope\.jsonl +early-candidate\.sdpscope\.jsonl +difference$/m,
    );
    expect(out).toMatch(/^ {2}ICE connected +131\.\d ms +never$/m);
    expect(out).toMatch(/^ {2}selected pair +host ⇄ host +–$/m);
    expect(out).toMatch(/^── findings only in early-candidate/m);
  });

  test("ends with 0 for the same course, read from the standard input", async () => {
    const { code, out } = await compare([path("ok"), "-"], readFileSync(path("ok"), "utf8"));
    expect(code).toBe(0);
    expect(out).toContain("They took the same course.");
  });

  test("aligns both at a milestone, prints Korean and JSON", async () => {
    const files = [path("ok"), path("early-candidate")];
    const korean = await compare([...files, "--lang", "ko", "--align", "offer-sent"]);
    expect(korean.out).toMatch(/^ {2}offer 전송 +0\.0 ms +0\.0 ms +\+0\.0 ms$/m);
    expect(korean.out).toContain("갈라진 곳: Bob:");
    const { out } = await compare([...files, "--json"]);
    expect(JSON.parse(out)).toMatchObject({ parting: { kind: "refusal" }, alignedAt: "start" });
    const missed = await compare([...files, "--align", "ice-connected"]);
    expect(missed.err).toBe(
      "Not both sessions reached ice-connected: they are aligned at their start.",
    );
  });

  test("says what it takes", async () => {
    expect(await compare([path("ok")])).toMatchObject({
      code: 2,
      err: expect.stringContaining("Two recordings are needed: LEFT RIGHT."),
    });
    expect(await compare([path("ok"), path("ok")])).toMatchObject({ code: 2 });
    expect(await compare([path("ok"), "-", "--align", "lunch"], "")).toMatchObject({
      code: 2,
      err: expect.stringContaining("--align is one of created, "),
    });
    expect(await compare([path("ok"), "-"], "hello")).toMatchObject({ code: 2 });
  });
});
