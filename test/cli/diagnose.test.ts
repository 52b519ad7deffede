import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { commands } from "../../lib/cli/commands/catalog.ts";
import { runCommandLine } from "../../lib/cli/run.ts";

const path = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/traces/${name}.sdpscope.jsonl`, import.meta.url));

async function diagnose(args: readonly string[], input = "") {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(
    ["diagnose", ...args],
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

describe("sdpscope diagnose", () => {
  test("prints the cause first, how to mend it, and ends with 1", async () => {
    const { code, out } = await diagnose([path("relay-unreachable")]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^error session\/no-relay-candidate {2}Alice got no relay candidate from turn:/,
    );
    expect(out).toContain("fix: Test the TURN server from this network");
    expect(out).toMatch(/\d errors, 2 warnings, 0 info$/);
  });

  test("ends with 0 for a call in which all went well, read from the standard input", async () => {
    const { code, out } = await diagnose(["-"], readFileSync(path("ok"), "utf8"));
    expect(code).toBe(0);
    expect(out).toMatch(/^Not evaluated:/);
    expect(out).toContain("0 errors, 0 warnings, 0 info");
  });

  test("prints JSON, Korean, and leaves rules out", async () => {
    const { out } = await diagnose([path("unanswered"), "--json"]);
    const { trace, findings, notEvaluated } = JSON.parse(out);
    expect(trace).toBe("unanswered");
    expect(findings[0]).toMatchObject({ code: "session/offer-unanswered", peer: "alice" });
    expect(notEvaluated.length).toBeGreaterThan(0);
    expect((await diagnose([path("unanswered"), "--lang", "ko"])).out).toMatch(/^오류 session\//);
    const ignoring = await diagnose([path("unanswered"), "--ignore", "session/offer-unanswered"]);
    expect(ignoring.code).toBe(0);
  });

  test("says what it takes", async () => {
    expect(await diagnose(["nowhere.jsonl"])).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no file "nowhere.jsonl"'),
    });
    expect(await diagnose([path("ok"), path("ok")])).toMatchObject({
      code: 2,
      err: expect.stringContaining("diagnose takes one file"),
    });
    expect((await diagnose(["-"], "hello")).code).toBe(2);
  });
});
