import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandIo } from "../../lib/cli/command.ts";
import { servers } from "../../lib/cli/commands/servers.ts";
import { runCommandLine } from "../../lib/cli/run.ts";
import { stunAddress } from "../../lib/ice/stun-attribute.ts";
import { parseStunMessage, printStunMessage } from "../../lib/ice/stun-message.ts";
import type { TurnServer } from "../support/turn-server.ts";
import { freePort, hasCoturn, startTurnServer } from "../support/turn-server.ts";

const folder = mkdtempSync(join(tmpdir(), "sdpscope-servers-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!hasCoturn())("sdpscope servers", () => {
  let coturn: TurnServer;
  let stun: string;
  let turn: string;
  beforeAll(async () => {
    coturn = await startTurnServer();
    stun = `stun:127.0.0.1:${coturn.port}`;
    turn = `turn:127.0.0.1:${coturn.port}`;
  });
  afterAll(() => coturn?.stop());
  const account = ["--username", "lab", "--credential", "secret"];

  it("shows address, relay and time of each server, and that there is no NAT", async () => {
    const { code, out } = await run([stun, turn, `${turn}?transport=tcp`, ...account]);
    expect(code).toBe(0);
    expect(out).toMatch(/^ +url +server +seen as +relay +time +software$/m);
    expect(out).toMatch(/^✓ +stun:127\.0\.0\.1:\d+ +127\.0\.0\.1:\d+ +127\.0\.0\.1:\d+ +\d+ ms/m);
    expect(out).toMatch(/^✓ .*\?transport=tcp .* 127\.0\.0\.1:\d+ \(600 s\) +\d+ ms +Coturn/m);
    expect(out).toContain("No NAT on the way to these servers.");
  });

  it("ends with 1 for a wrong password, and says so in Korean too", async () => {
    const wrong = ["--username", "lab", "--credential", "wrong"];
    const english = await run([turn, ...wrong]);
    expect(english.code).toBe(1);
    expect(english.out).toMatch(/^✗ /m);
    expect(english.out).toContain("error server/credentials-refused");
    const korean = await run([turn, ...wrong, "--lang", "ko"]);
    expect(korean.out).toContain("credential을 거부했습니다(401");
  });

  it("tests the others when one is not there", async () => {
    const dead = `turn:127.0.0.1:${await freePort()}?transport=tcp`;
    const { code, out } = await run([dead, turn, ...account]);
    expect(code).toBe(1);
    expect(out).toContain("error server/refused");
    expect(out).toMatch(/^✓ +turn:/m);
  });

  it("takes iceServers from a file, and credentials from there or from outside", async () => {
    const path = join(folder, "ice.json");
    const iceServers = [{ urls: [stun] }, { urls: turn, username: "lab", credential: "secret" }];
    writeFileSync(path, JSON.stringify({ iceServers }));
    expect((await run([path])).code).toBe(0);
    const outside = JSON.stringify([{ urls: turn }]);
    expect((await run(["--username", "lab"], outside, { TURN_CREDENTIAL: "secret" })).code).toBe(0);
    expect((await run([], outside)).out).toContain("server/credentials-missing");
  });

  it("prints JSON, one test a line, and the NAT last", async () => {
    const { out } = await run([stun, turn, ...account, "--json"]);
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatchObject({ url: turn, isReachable: true, lifetime: 600 });
    expect(lines[2]).toMatchObject({ nat: { mapping: "none" } });
  });
});

describe("sdpscope servers", () => {
  it("says that a NAT maps symmetrically, which is no fault of the servers", async () => {
    const closers: (() => void)[] = [];
    const seenAs = async (mapped: number): Promise<string> => {
      const socket = createSocket("udp4");
      socket.on("message", (bytes, { address, port }) => {
        const request = parseStunMessage(bytes);
        if (request === undefined) return;
        const place = { address: "198.51.100.7", port: mapped };
        const attributes = [stunAddress("XOR-MAPPED-ADDRESS", place, request.transactionId)];
        socket.send(printStunMessage({ ...request, class: "success", attributes }), port, address);
      });
      socket.bind(0, "127.0.0.1");
      await once(socket, "listening");
      closers.push(() => socket.close());
      return `stun:127.0.0.1:${socket.address().port}`;
    };
    const { code, out } = await run([await seenAs(4001), await seenAs(4002)]);
    for (const close of closers) close();
    expect(code).toBe(0);
    expect(out).toContain(
      "The NAT here maps symmetrically: one socket was seen as 198.51.100.7:400",
    );
  });

  it.each([
    ["nothing to test", [], "", "No servers to test."],
    ["a file with something else", [], "[1,2]", "No servers to test."],
    ["a file that is not there", ["/nowhere.json"], "", "There is no file"],
    ["a URL of another kind among them", ["stun:a", "http://b"], "", '"http://b" is no URL'],
    [
      "a wrong time",
      ["stun:a", "--timeout", "soon"],
      "",
      '--timeout is a number of seconds up to 60; got "soon".',
    ],
  ])("ends with 2 for %s", async (_what, args, input, words) => {
    const { code, err } = await run(args, input);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  it("finds fault with a URL that is none", async () => {
    const { code, out } = await run(["stun://stun.example.org"]);
    expect(code).toBe(1);
    expect(out).toContain("error server/url");
  });
});

async function run(args: readonly string[], input = "", env: Record<string, string> = {}) {
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
    env,
    isColour: false,
    signal: new AbortController().signal,
  };
  const line = { version: "0", commands: [servers], fallback: "servers" };
  const code = await runCommandLine(["servers", ...args], line, io);
  return { code, out, err };
}
