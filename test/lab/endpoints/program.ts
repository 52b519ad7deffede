import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { browserOffers } from "../browser-offers.ts";
import { type Case, plainCases, type Recorded } from "../cases.ts";
import { debianVersion } from "../debian.ts";
import type { Endpoint } from "../endpoint.ts";

const here = import.meta.dirname;

/** aiortc, as Debian packs it. */
export function openAiortc(): Promise<Endpoint> {
  return openProgram("/usr/bin/python3", [join(here, "aiortc_player.py")]);
}

/** GStreamer's webrtcbin, through its Python bindings. */
export function openGstreamer(): Promise<Endpoint> {
  return openProgram("/usr/bin/python3", [join(here, "gstreamer_player.py")]);
}

/** Pion, built from Debian's Go packages. */
export async function openPion(): Promise<Endpoint> {
  const gopath = mkdtempSync(join(tmpdir(), "sdpscope-pion-"));
  const folder = join(gopath, "src/lab/pion");
  cpSync(resolve(here, "pion"), folder, { recursive: true });
  // Without modules, Go reads /v3 in an import path as a version only beside a go.mod.
  writeFileSync(join(folder, "go.mod"), "module lab/pion\n");
  const program = join(gopath, "pion");
  execFileSync("go", ["build", "-o", program, "."], {
    cwd: folder,
    env: { ...process.env, GO111MODULE: "off", GOPATH: `${gopath}:/usr/share/gocode` },
    stdio: "inherit",
  });
  const version = debianVersion("golang-github-pion-webrtc.v3-dev");
  const endpoint = await openProgram(program, []);
  return {
    ...endpoint,
    version,
    close: async () => {
      await endpoint.close();
      rmSync(gopath, { recursive: true });
    },
  };
}

interface Answer {
  readonly version?: string;
  readonly rounds?: readonly Recorded[];
  readonly error?: string;
}

/** A program that reads cases and writes rounds, both as JSON Lines; its first line tells its version. */
async function openProgram(
  command: string,
  commandArguments: readonly string[],
): Promise<Endpoint> {
  const program = spawn(command, commandArguments, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Answer> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended.`);
    return JSON.parse(value) as Answer;
  };
  const { version = "unknown" } = await next();
  return {
    version,
    cases: [...plainCases, ...browserOffers()],
    play: async (play: Case) => {
      program.stdin.write(`${JSON.stringify(play)}\n`);
      const { rounds, error } = await next();
      if (rounds === undefined) throw new Error(error);
      return rounds;
    },
    close: async () => {
      program.kill();
    },
  };
}
