import { join } from "node:path";
import type { Agent } from "../agent.ts";
import type { Endpoint } from "../endpoint.ts";
import { defineEndpoint } from "../endpoint.ts";
import { missingModule } from "../installed.ts";
import { openProgram } from "../program.ts";

const runner = join(import.meta.dirname, "../../lab/run.mjs");

/** The arguments with which Node runs an engine as an agent. */
export function nodeAgentArguments(engine: string): readonly string[] {
  return [runner, "../interop/agents/node", engine];
}

/** An engine in a Node process of its own. */
export function openNodeAgent(engine: string): Promise<Agent> {
  return openProgram(process.execPath, nodeAgentArguments(engine));
}

export const werift: Endpoint = defineEndpoint({
  name: "werift",
  title: "werift",
  install: "npm ci",
  missing: () => missingModule("werift"),
  async open() {
    const agent = await openNodeAgent("werift");
    return { version: agent.version, agent, hasNoDecoder: true, close: () => agent.close() };
  },
});

export const wrtc: Endpoint = defineEndpoint({
  name: "wrtc",
  title: "@roamhq/wrtc",
  install: "npm ci",
  missing: () => missingModule("@roamhq/wrtc"),
  async open() {
    const agent = await openNodeAgent("wrtc");
    return { version: agent.version, agent, close: () => agent.close() };
  },
});

export const nodeDataChannel: Endpoint = defineEndpoint({
  name: "node-datachannel",
  title: "node-datachannel",
  install: "npm ci",
  missing: () => missingModule("node-datachannel"),
  async open() {
    const agent = await openNodeAgent("node-datachannel");
    return { version: agent.version, agent, hasNoDecoder: true, close: () => agent.close() };
  },
});
