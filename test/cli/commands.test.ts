import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { CommandIo } from "../../lib/cli/command.ts";
import { commands } from "../../lib/cli/commands/catalog.ts";
import { runCommandLine } from "../../lib/cli/run.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";

const fixtures = new URL("../fixtures/sdp/chromium-156.0.8078.79/", import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, fixtures), "utf8");
const folder = mkdtempSync(join(tmpdir(), "sdpscope-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(args: readonly string[], input = "") {
  let out = "";
  let err = "";
  const io: CommandIo = {
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
  };
  const code = await runCommandLine(args, { version: "0", commands, fallback: "serve" }, io);
  return { code, out, err };
}

const offer = fixture("av.offer.sdp");
const answer = fixture("av.answer.sdp");

describe("lint", () => {
  test("a recorded offer is clean", async () => {
    const { code, out } = await run(["lint", file("offer.sdp", offer), "--type", "offer"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^0 errors, 0 warnings/m);
  });

  test("shows the line, a caret under the column, the rule and the RFC", async () => {
    const broken = offer.replace("a=rtpmap:111 opus/48000/2\r\n", "");
    const { code, out } = await run(["lint"], broken);
    expect(code).toBe(1);
    expect(out).toContain("error sdp/rtpmap-missing");
    expect(out).toMatch(/8:\d+ \| m=audio .*\n *\| +\^\^\^\n/);
    expect(out).toContain("https://www.rfc-editor.org/rfc/");
  });

  test("speaks Korean, and JSON with one finding a line", async () => {
    const broken = offer.replace("a=rtpmap:111 opus/48000/2\r\n", "");
    expect((await run(["lint", "--lang", "ko"], broken)).out).toMatch(/오류 sdp\/rtpmap-missing/);
    const lines = (await run(["lint", "--json"], broken)).out.trimEnd().split("\n");
    const codes = lines.map((line) => (JSON.parse(line) as { code: string }).code);
    expect(codes).toContain("sdp/rtpmap-missing");
  });

  test("a file that is not there, and a browser that is not known, end with code 2 and what to do", async () => {
    const missing = await run(["lint", join(folder, "missing.sdp")]);
    expect(missing).toMatchObject({ code: 2, out: "" });
    expect(missing.err).toMatch(/There is no file ".*missing\.sdp"\. Give the path of a file/);
    expect(await run(["lint", "--browser", "safari"], offer)).toEqual({
      code: 2,
      out: "",
      err: 'sdpscope: --browser is one of chromium, firefox; got "safari".\n',
    });
  });
});

describe("check", () => {
  test("an answer fits its recorded offer", async () => {
    const files = [file("offer.sdp", offer), file("answer.sdp", answer)];
    expect(await run(["check", ...files])).toMatchObject({ code: 0 });
  });

  test("an answer with actpass does not, and both lines are named", async () => {
    const wrong = answer.replaceAll("a=setup:active", "a=setup:actpass");
    const { code, out } = await run(["check", file("offer.sdp", offer), "-"], wrong);
    expect(code).toBe(1);
    expect(out).toContain("error answer/setup");
    expect(out).toMatch(/offer \d+:\d+ · /);
  });

  test("two files are needed", async () => {
    expect(await run(["check", file("offer.sdp", offer)])).toMatchObject({ code: 2 });
  });
});

describe("filter", () => {
  test("prints the description with the named codecs and nothing else on the output", async () => {
    const { code, out, err } = await run(["filter", "-", "VP8", "opus", "--why"], offer);
    expect(code).toBe(0);
    const { media } = readDescription(out);
    const names = media.map(({ codecs }) => codecs.map(({ name }) => name.toLowerCase()));
    expect(names[0]).toEqual(["opus", "red", "telephone-event"]);
    expect(new Set(names[1])).toEqual(new Set(["vp8", "rtx", "red", "ulpfec"]));
    expect(err).toContain("+ audio mid 0  111 opus: ");
    expect(err).toMatch(/- video mid 1 {2}\d+ H264: /);
  });

  test("a codec that nobody offers is a finding, and the text stays as it was", async () => {
    const { code, out, err } = await run(["filter", "-", "theora"], offer);
    expect({ code, out }).toEqual({ code: 1, out: offer });
    expect(err).toMatch(/theora/);
  });

  test("without a codec it says how it is used", async () => {
    const { code, err } = await run(["filter", "-"], offer);
    expect(code).toBe(2);
    expect(err).toContain("sdpscope filter offer.sdp VP8 opus");
  });
});

describe("diff", () => {
  test("tells changes of meaning, and counts the others", async () => {
    const changed = offer
      .replace("a=setup:actpass", "a=setup:active")
      .replace("m=audio 9 ", "m=audio 5000 ");
    const files = [file("offer.sdp", offer), file("changed.sdp", changed)];
    expect(await run(["diff", ...files])).toEqual({
      code: 1,
      out: "~ mid 0: a=setup changed from actpass to active\n",
      err: "1 more without a change of meaning: --all shows them.\n",
    });
    const all = await run(["diff", ...files, "--all", "--lang", "ko"]);
    expect(all.out).toContain("· mid 0: m= 값이 바뀌었습니다(9 → 5000).");
    expect(await run(["diff", file("offer.sdp", offer), "-"], offer)).toMatchObject({ code: 0 });
    expect(await run(["diff"])).toMatchObject({ code: 2 });
  });
});

describe("explain", () => {
  test("one line, part by part, in both languages", async () => {
    const { code, out } = await run(["explain", "a=setup:actpass"]);
    expect(code).toBe(0);
    expect(out).toMatch(/a=setup:actpass\n.*DTLS role.*RFC 4145 §4\n *actpass {2}role: /);
    expect((await run(["explain", "a=setup:actpass", "--lang", "ko"])).out).toContain("역할");
  });

  test("every line of a description, or the one with a number", async () => {
    const all = await run(["explain"], offer);
    expect(all.out.match(/^ *\d+ {2}[a-z]=/gm)).toHaveLength(offer.trimEnd().split("\r\n").length);
    const one = await run(["explain", "--line", "8"], offer);
    expect(one.out).toMatch(/^ +8 {2}m=audio /);
    expect(await run(["explain", "--line", "9999"], offer)).toMatchObject({ code: 2 });
  });
});

describe("answer", () => {
  test("prints the answer that a browser would give, which fits the offer", async () => {
    const { code, out } = await run(["answer", "--browser", "firefox", "--why"], offer);
    expect(code).toBe(0);
    const checked = await run(["check", file("offer.sdp", offer), "-"], out);
    expect(checked.out).toContain("0 errors");
    expect(readDescription(out).media.map(({ kind }) => kind)).toEqual(["audio", "video"]);
  });

  test("says what a text is that is no offer, and prints no answer", async () => {
    const { code, out, err } = await run(["answer"], JSON.stringify({ jsep: {} }));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("JSON");
  });

  test("takes the offer out of JSON as RTCSessionDescription writes it", async () => {
    const json = JSON.stringify({ type: "offer", sdp: offer });
    const answered = readDescription((await run(["answer"], json)).out);
    expect(answered.media.map(({ kind }) => kind)).toEqual(["audio", "video"]);
  });

  test("takes the direction and the fingerprint that it is given", async () => {
    const fingerprint = `sha-256 ${Array<string>(32).fill("AB").join(":")}`;
    const args = ["answer", "--direction", "sendrecv", "--fingerprint", fingerprint];
    const { media } = readDescription((await run(args, offer)).out);
    expect(media.map(({ direction }) => direction)).toEqual(["sendrecv", "sendrecv"]);
    expect(media[0]?.dtls.fingerprints[0]?.value).toMatch(/^AB:AB/);
  });
});
