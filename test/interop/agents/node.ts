import { createInterface } from "node:readline";
import { nodeDataChannelAgent, nodeDataChannelVersion } from "./node-datachannel.ts";
import type { AgentMethods, Platform } from "./w3c.ts";
import { w3cAgent } from "./w3c.ts";
import { weriftPlatform } from "./werift.ts";
import { wrtcPlatform } from "./wrtc.ts";

type Emit = Parameters<typeof w3cAgent>[1];

const engines: Readonly<
  Record<string, () => { version: string; make: (emit: Emit) => AgentMethods }>
> = {
  wrtc: () => onPlatform(wrtcPlatform()),
  werift: () => onPlatform(weriftPlatform()),
  "node-datachannel": () => ({ version: nodeDataChannelVersion(), make: nodeDataChannelAgent }),
};

function onPlatform({ platform, version }: { platform: Platform; version: string }) {
  return { version, make: (emit: Emit) => w3cAgent(platform, emit) };
}

/** An agent in a Node process of its own, as JSON Lines: `node test/lab/run.mjs ../interop/agents/node <engine>`. */
export async function main([name = ""]: readonly string[]): Promise<void> {
  const open = engines[name];
  if (open === undefined)
    throw new RangeError(`No engine ${name}; there are ${Object.keys(engines).join(", ")}.`);
  const { version, make } = open();
  await serveAgent(version, make);
}

/** Serves an agent on the standard streams until the input ends. */
export async function serveAgent(
  version: string,
  make: (emit: Emit) => AgentMethods,
): Promise<void> {
  const print = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
  const methods = make((id, candidate) => print({ event: "candidate", id, candidate }));
  print({ version });
  for await (const line of createInterface({ input: process.stdin })) {
    const { call, method, id, value } = JSON.parse(line);
    // Nobody waits for anybody: a candidate that cannot be resolved yet must not hold up the answer.
    Promise.resolve()
      .then(() => methods[method]?.(id, value as never))
      .then(
        (result) => print({ call, result: result ?? null }),
        (error) => print({ call, error: error instanceof Error ? error.message : String(error) }),
      );
  }
}
