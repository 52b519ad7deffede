import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { buildGo } from "../../support/build-go.ts";
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
  const program = buildGo(resolve(here, "pion"));
  const version = debianVersion("golang-github-pion-webrtc.v3-dev");
  const endpoint = await openProgram(program.path, []);
  return {
    ...endpoint,
    version,
    close: async () => {
      await endpoint.close();
      program.remove();
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
