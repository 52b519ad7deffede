import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { commands } from "../../lib/cli/commands/catalog.ts";
import { runCommandLine } from "../../lib/cli/run.ts";

const folder = mkdtempSync(join(tmpdir(), "sdpscope-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (line: string) => out.push(line),
    write: (text: string) => out.push(text),
    err: (line: string) => err.push(line),
    input: async () => "",
    env: {},
    isColour: false,
    signal: new AbortController().signal,
  };
  const code = await runCommandLine(args, { version: "0", commands, fallback: "serve" }, io);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const picture = file(
  "picture.png",
  readFileSync(new URL("../../docs/images/inspector-dark.png", import.meta.url)),
);
const capture = file("capture.pcap", new Uint8Array([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0]));
const empty = file("empty.sdp", "");
const json = file("settings.json", '{"name":"app","sdp":"^3.0.0"}');
const prose = file("prose.txt", "This is no SDP.\n");

const uses: readonly (readonly [string, (name: string) => readonly string[]])[] = [
  ["check", (name) => [name, name]],
  ["diff", (name) => [name, name]],
  ["filter", (name) => [name, "VP8"]],
  ["candidates", (name) => [name]],
  ["diagnose", (name) => [name]],
  ["ladder", (name) => [name]],
  ["redact", (name) => [name]],
];

describe.each(uses)("%s", (command, operands) => {
  test.each([
    ["nothing", empty],
    ["JSON without SDP", json],
    ["prose", prose],
    ["a picture", picture],
    ["a packet capture", capture],
  ])("given %s cannot run, names the file and prints no result", async (_what, path) => {
    const { code, out, err } = await run([command, ...operands(path)]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`sdpscope: ${JSON.stringify(path)}: `);
  });
});

test.each([
  [picture, "PNG"],
  [capture, "pcap"],
])("a file that is no text is called by its kind", async (path, kind) => {
  expect((await run(["lint", path])).err).toContain(kind);
  expect((await run(["lint", path, "--lang", "ko"])).err).toMatch(/텍스트/);
});
