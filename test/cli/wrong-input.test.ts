import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { commands } from "../../lib/cli/commands/catalog.ts";
import { runCommandLine } from "../../lib/cli/run.ts";

const folder = mkdtempSync(join(tmpdir(), "sdpscope-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(args: readonly string[], input = async () => "") {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (line: string) => out.push(line),
    write: (text: string) => out.push(text),
    err: (line: string) => err.push(line),
    input,
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

/** What terminals obey: a colour, a cleared screen, a window's name, an 8-bit control character, a reversed direction. */
const hostile = file(
  "hostile.sdp",
  "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=\u001b[31mred\u001b]0;owned\u0007\r\nt=0 0\r\n" +
    "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:\u001b[2J0\r\na=rtpmap:111 op\u009bus/48000/2\r\n" +
    "a=candidate:1 1 udp 1 ex\u001bample.local 5 typ host\r\na=msid:\u202e x\r\n",
);
const hostileVideo = file(
  "hostile-video.sdp",
  readFileSync(hostile, "utf8").replace("m=audio", "m=video"),
);

describe("what a terminal would obey becomes visible", () => {
  test.each([
    ["explain", hostile],
    ["lint", hostile],
    ["lint", hostile, "--lang", "ko"],
    ["candidates", hostile],
    ["pairs", hostile, hostile],
    ["diff", hostile, hostileVideo],
    ["check", hostile, hostileVideo],
    ["compare", hostile, hostileVideo],
    ["diagnose", hostile],
    ["ladder", hostile],
    ["replay", hostile],
    ["import", hostile, "--out", folder],
    ["explain", "s=\u001b[2J"],
    ["lint", "no\u001b[2Jfile"],
    ["\u001b[2J"],
  ])("in the output of %s", async (...args) => {
    const { out, err } = await run(args);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what may not be there.
    expect(out + err).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(out + err).not.toBe("");
  });

  test("and a description that is asked for keeps its bytes", async () => {
    expect((await run(["filter", hostile, "VP8"])).out).toContain("a=mid:\u001b[2J0\r\n");
  });
});

describe("several files where one is taken", () => {
  test.each(["answer", "candidates", "diagnose", "explain", "ladder", "lint", "redact", "replay"])(
    "are not silently left out by %s",
    async (command) => {
      const { code, out, err } = await run([command, hostile, hostileVideo]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(new RegExp(`${command} takes one file`));
      expect((await run([command, hostile, prose, "--lang", "ko"])).err).toContain("파일 하나");
    },
  );

  test("three are too many for pairs", async () => {
    expect(await run(["pairs", hostile, hostile, hostile])).toMatchObject({ code: 2, out: "" });
  });
});

test("import ends with 2 where nothing could be imported, and with 1 where something could not", async () => {
  expect(await run(["import", prose, "--print"])).toMatchObject({ code: 2, out: "" });
  const some = await run(["import", prose, hostile, "--print"]);
  expect(some.code).toBe(1);
  expect(some.out).toContain('"sdpscope":1');
});

test.each([
  ["check", "-", "-"],
  ["diff", "-", "-"],
  ["merge", "-", "-"],
  ["pairs", "-", "-"],
])("%s cannot read the standard input twice", async (...args) => {
  const input = async () => readFileSync(hostile, "utf8");
  const { code, out, err } = await run(args, input);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain("Only one of the files may be -");
  expect((await run([...args, "--lang", "ko"], input)).err).toContain("파일 하나만");
});

test.each([
  [["answer", hostile, "--fingerprint", "zzz"], "sha-256 12:AB:…"],
  [["answer", hostile, "--fingerprint", "sha-256 12:G0"], "sha-256 12:AB:…"],
  [["filter", hostile, ""], "A codec is written VP8 or opus/48000/2"],
  [["filter", hostile, "VP8/x"], '"VP8/x" cannot be read'],
  [["serve", "--port", "0", "--host", "192.0.2.1", "--traces", folder], "with --host"],
])("%j is refused with what is right", async (args, text) => {
  const { code, out, err } = await run(args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(text);
  expect((await run([...args, "--lang", "ko"])).err).toMatch(/[가-힣]/);
});

test("explain knows a candidate that stands alone", async () => {
  const alone = file("candidate.txt", "candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host\n");
  expect(await run(["explain", alone])).toMatchObject({ code: 0, err: "" });
});

const uses: readonly (readonly [string, (name: string) => readonly string[]])[] = [
  ["answer", (name) => [name]],
  ["check", (name) => [name, name]],
  ["explain", (name) => [name]],
  ["pairs", (name) => [name, name]],
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
