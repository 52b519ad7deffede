import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { CommandIo } from "../../lib/cli/command.ts";
import { candidates } from "../../lib/cli/commands/candidates.ts";
import { pairs } from "../../lib/cli/commands/pairs.ts";
import { runCommandLine } from "../../lib/cli/run.ts";

const folder = mkdtempSync(join(tmpdir(), "sdpscope-candidates-"));
afterAll(() => rmSync(folder, { recursive: true }));

const host = "candidate:1 1 udp 2122260223 192.168.1.2 5000 typ host generation 0";
const srflx =
  "candidate:2 1 udp 1686052607 9.9.9.9 6000 typ srflx raddr 192.168.1.2 rport 5000 generation 0";
const other = "candidate:3 1 udp 2122260223 10.0.0.2 4000 typ host generation 0";
const section = (...lines: string[]): string =>
  `v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:audio\r\n${lines.map((line) => `a=${line}\r\n`).join("")}`;
const trace = [
  `{"sdpscope":1,"id":"t","startedAt":"2026-01-01T00:00:00Z","clock":"monotonic","source":{"format":"sdpscope"},"peers":[{"id":"a"}]}`,
  JSON.stringify({
    seq: 1,
    t: 0,
    kind: "candidate",
    peer: "a",
    side: "local",
    candidate: { candidate: host, sdpMid: "0" },
  }),
  JSON.stringify({
    seq: 2,
    t: 1,
    kind: "candidate",
    peer: "a",
    side: "remote",
    candidate: { candidate: other, sdpMid: "0" },
  }),
  JSON.stringify({ seq: 3, t: 2, kind: "candidate", peer: "a", side: "remote", candidate: null }),
].join("\n");

describe("candidates", () => {
  it("shows those of a description, decoded, and what they show together", async () => {
    const { code, out } = await run(["candidates"], section(host, srflx));
    expect(code).toBe(0);
    expect(out).toMatch(/^section +component +type/);
    expect(out).toMatch(
      /audio +1 +srflx +udp +9\.9\.9\.9:6000 +public +1686052607 = 100\/32542 +libwebrtc/,
    );
    expect(out).toContain("- A NAT: the machine is seen from outside as 9.9.9.9.");
    expect(out).toContain("2 candidates");
  });

  it.each([
    ["lines of candidates", `${host}\n${srflx}\n`],
    [
      "JSON lines",
      `${JSON.stringify({ candidate: host, sdpMid: "0" })}\n${JSON.stringify({ candidate: srflx, sdpMid: "0" })}\nnull\n`,
    ],
    ["a trace", trace],
  ])("reads %s", async (_form, input) => {
    const { out } = await run(["candidates"], input);
    expect(out).toContain("2 candidates");
  });

  it("tells what is wrong under the column, and ends with 1", async () => {
    const { code, out } = await run(
      ["candidates", "--lang", "ko"],
      "candidate:1 1 udp high 192.168.1.2 5000 typ host\n",
    );
    expect(code).toBe(1);
    expect(out).toMatch(/1:19 \| candidate:1 1 udp high/);
    expect(out).toContain("candidate 0개");
  });

  it("prints JSON, one candidate a line", async () => {
    const { out } = await run(["candidates", "--json"], section(host, srflx));
    const values = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(values).toMatchObject([
      { section: "audio", candidate: { port: 5000 }, class: { scope: "private" } },
      { section: "audio", class: { type: "srflx" }, priority: { typePreference: 100 } },
    ]);
  });
});

describe("pairs", () => {
  const local = file("local.sdp", section(host, srflx));

  it("pairs two files, with doubts and the prediction", async () => {
    const remote = file(
      "remote.sdp",
      section(
        other,
        "candidate:4 1 udp 1686052607 7.7.7.7 4000 typ srflx raddr 10.0.0.2 rport 4000",
      ),
    );
    const { code, out } = await run(["pairs", local, remote]);
    expect(code).toBe(0);
    expect(out).toContain("section audio");
    expect(out).toMatch(
      /1 +host 192\.168\.1\.2:5000 +host 10\.0\.0\.2:4000 +\d{19} +10\.0\.0\.2 is a private address of another network/,
    );
    expect(out).toContain("2 pairs (controlling), 2 pruned, 0 over the limit, 0 impossible");
    expect(out).toContain("they connect through the NATs");
    expect(out).toContain("? Whether the remote NAT is symmetric");
  });

  it("says why nothing fits, and ends with 1", async () => {
    const remote = file(
      "tcp.sdp",
      section("candidate:9 1 tcp 1518280447 10.0.0.2 9 typ host tcptype active"),
    );
    const { code, out } = await run(["pairs", local, remote, "--role", "controlled"]);
    expect(code).toBe(1);
    expect(out).toContain("× host 192.168.1.2:5000 – host 10.0.0.2:9: One is udp, the other tcp.");
  });

  it("leaves open what trickling sides without candidates will do", async () => {
    const empty = file("empty.sdp", section().replace("a=mid", "a=ice-options:trickle\r\na=mid"));
    const { code, out } = await run(["pairs", empty, empty]);
    expect(code).toBe(0);
    expect(out).toContain("Unknown: a side has no candidates yet");
    expect(out).toContain("? Whether the remote side has more candidates");
  });

  it("is certain of a failure once both sides have told all", async () => {
    const ended = (name: string, ...texts: string[]): string =>
      file(name, `${section(...texts)}a=end-of-candidates\r\n`);
    const { code, out } = await run([
      "pairs",
      ended("one.sdp", host),
      ended("two.sdp", "candidate:9 1 tcp 1518280447 10.0.0.2 9 typ host tcptype active"),
    ]);
    expect(code).toBe(1);
    expect(out).toContain("Certain: they do not connect.");
  });

  it("takes both sides from a trace", async () => {
    const { out } = await run(["pairs", "-"], trace);
    expect(out).toContain("1 pair (controlling)");
  });

  it("takes both sides, and their ends, from a browser's dump", async () => {
    const dump = join(
      import.meta.dirname,
      "../fixtures/dumps/chromium-156.0.8078.79/call.internals.json",
    );
    const { code, out } = await run(["pairs", dump]);
    expect(code).toBe(0);
    expect(out).toContain("12 pairs (controlling)");
    expect(out).toContain("Possible: they connect directly");
  });

  it("prints JSON with 64-bit priorities as text", async () => {
    const { out } = await run(["pairs", "-", "--json"], trace);
    expect(JSON.parse(out).pairs[0].priority).toBe("9115038255631187454");
  });

  it.each([
    ["one file that is no trace", ["pairs", local], "Two files are needed"],
    ["an unknown peer", ["pairs", "-", "--peer", "z"], "there are a."],
    ["an unknown role", ["pairs", local, local, "--role", "boss"], "--role is one of"],
  ])("ends with 2 for %s", async (_use, args, text) => {
    const { code, err } = await run(args, trace);
    expect(code).toBe(2);
    expect(err).toContain(text);
  });
});

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
  const code = await runCommandLine(
    args,
    { version: "0", commands: [candidates, pairs], fallback: "candidates" },
    io,
  );
  return { code, out, err };
}
