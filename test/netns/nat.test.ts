import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Candidate } from "../../lib/ice/candidate.ts";
import { candidateEvidence } from "../../lib/ice/evidence.ts";
import type { PathKind, Prediction } from "../../lib/ice/predict.ts";
import { predictConnection } from "../../lib/ice/predict.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import type { LabHost, NatKind, NatLab } from "../support/nat-lab.ts";
import { createNatLab, natLabObstacle, stunServers, turnServer } from "../support/nat-lab.ts";

const obstacle = natLabObstacle();
const isDemanded = process.env["REQUIRE_NETNS"] === "1";
if (obstacle !== undefined) {
  const message = `The NAT lab cannot be made: ${obstacle}.`;
  if (isDemanded) throw new Error(message);
  console.warn(message);
}

/** How long two agents may take; one that cannot connect is waited for as long. */
const LIMIT_MS = 12_000;

describe.skipIf(obstacle !== undefined)("two hosts behind two NATs", () => {
  let lab: NatLab;
  const agents = new Map<string, Agent>();
  const agent = async (host: LabHost, engine: Engine): Promise<Agent> => {
    const key = `${host} ${engine}`;
    const known = agents.get(key);
    if (known) return known;
    const created = await startAgent(lab, host, engine);
    agents.set(key, created);
    return created;
  };

  beforeAll(async () => {
    lab = await createNatLab();
  });
  afterAll(() => lab?.close());

  it.each<Case>([
    {
      engine: "werift",
      nat: "port-preserving",
      to: "hostB",
      servers: "STUN",
      expected: "reflexive",
    },
    {
      engine: "werift",
      nat: "port-preserving",
      to: "hostC",
      servers: "STUN",
      expected: "direct",
    },
    { engine: "werift", nat: "symmetric", to: "hostB", servers: "STUN", expected: "none" },
    {
      engine: "werift",
      nat: "symmetric",
      to: "hostB",
      servers: "TURN only",
      expected: "relayed",
    },
    {
      engine: "chromium",
      nat: "port-preserving",
      to: "hostB",
      servers: "STUN",
      expected: "reflexive",
    },
    {
      engine: "chromium",
      nat: "port-preserving",
      to: "hostB",
      servers: "STUN and TURN",
      expected: "reflexive",
    },
    { engine: "chromium", nat: "symmetric", to: "hostB", servers: "STUN", expected: "none" },
    {
      engine: "chromium",
      nat: "symmetric",
      to: "hostB",
      servers: "STUN and TURN",
      expected: "relayed",
    },
  ])(
    "$engine, $nat NAT, hostA to $to, $servers: $expected",
    async ({ engine, nat, to, servers, expected }) => {
      const configuration = configurations[servers];
      lab.setNat(nat);
      const offerer = await agent("hostA", engine);
      const answerer = await agent(to, engine);
      const offer = await offerer.start(configuration);
      const answer = await answerer.start(configuration, offer);
      await offerer.accept(answer);
      const near = candidatesOf(offer.sdp);
      const far = candidatesOf(answer.sdp);

      const prediction = predict(near, far, engine, nat);
      expect(prediction.winner?.kind ?? "none", prediction.summary.en).toBe(expected);

      // The end that does not nominate follows the other one: on a busy machine it may lag behind.
      await expect
        .poll(
          async () => {
            const pairs = await Promise.all([offerer.pair(LIMIT_MS), answerer.pair(LIMIT_MS)]);
            return pairs.map(kindOf);
          },
          { timeout: 2 * LIMIT_MS },
        )
        .toEqual([expected, expected]);
    },
    2 * LIMIT_MS + 30_000,
  );

  it("proves a symmetric NAT by two STUN servers, and none by a port-preserving one", async () => {
    const chromium = await agent("hostA", "chromium");
    lab.setNat("symmetric");
    const symmetric = candidateEvidence(
      candidatesOf((await chromium.start(configurations.STUN)).sdp),
    );
    lab.setNat("port-preserving");
    const preserving = candidateEvidence(
      candidatesOf((await chromium.start(configurations.STUN)).sdp),
    );
    expect(symmetric.map(({ name }) => name)).toContain("symmetric-nat");
    expect(preserving.map(({ name }) => name)).not.toContain("symmetric-nat");
    expect(preserving.map(({ name }) => name)).toContain("port-preserving-nat");
  }, 60_000);
});

const stun = { urls: [...stunServers] };
const configurations = {
  STUN: { iceServers: [stun] },
  "STUN and TURN": { iceServers: [stun, turnServer] },
  "TURN only": { iceServers: [turnServer], iceTransportPolicy: "relay" },
};

interface Case {
  readonly engine: Engine;
  readonly nat: NatKind;
  readonly to: LabHost;
  readonly servers: keyof typeof configurations;
  readonly expected: PathKind | "none";
}

type Engine = "werift" | "chromium";

/** werift asks one STUN server only, so its candidates cannot show a symmetric NAT: it is told. Chromium's show it themselves. */
function predict(
  local: readonly Candidate[],
  remote: readonly Candidate[],
  engine: Engine,
  nat: NatKind,
): Prediction {
  const known =
    engine === "werift" && nat === "symmetric" ? { mapping: "endpoint-dependent" as const } : {};
  return predictConnection({ candidates: local, ...known }, { candidates: remote, ...known });
}

interface Agent {
  start(configuration: object, offer?: Description): Promise<Description>;
  accept(answer: Description): Promise<void>;
  pair(timeoutMs: number): Promise<SelectedPair | null>;
}

interface Description {
  readonly type: string;
  readonly sdp: string;
}

interface SelectedPair {
  readonly local: { readonly type: string; readonly address: string };
  readonly remote: { readonly type: string; readonly address: string };
}

async function startAgent(lab: NatLab, host: LabHost, engine: Engine): Promise<Agent> {
  const script = join(import.meta.dirname, "../support/nat-agent.js");
  const child = lab.start(host, process.execPath, [script, engine]);
  const next = linesOf(child);
  const send = (message: object): void => {
    child.stdin?.write(`${JSON.stringify(message)}\n`);
  };
  await next("ready");
  return {
    async start(configuration, offer) {
      send({ start: configuration, offer });
      return (await next("description")) as Description;
    },
    async accept(answer) {
      send({ answer });
    },
    async pair(timeoutMs) {
      send({ wait: timeoutMs });
      return (await next("pair")) as SelectedPair | null;
    },
  };
}

/** Waits for the next line of an agent that has a key; rejects when the agent ends before. */
function linesOf(child: ChildProcess): (key: string) => Promise<unknown> {
  const queue: Record<string, unknown>[] = [];
  let wake = (): void => {};
  let hasEnded = false;
  if (child.stdout)
    createInterface({ input: child.stdout }).on("line", (line) => {
      queue.push(JSON.parse(line) as Record<string, unknown>);
      wake();
    });
  child.on("exit", () => {
    hasEnded = true;
    wake();
  });
  return async (key) => {
    for (;;) {
      const at = queue.findIndex((message) => key in message);
      if (at >= 0) return queue.splice(at, 1)[0]?.[key];
      if (hasEnded) throw new Error(`The agent ended before it said ${key}.`);
      await new Promise<void>((done) => {
        wake = done;
      });
    }
  };
}

function candidatesOf(sdp: string): readonly Candidate[] {
  return readDescription(sdp).media.flatMap((media) =>
    media.candidates.map(({ candidate }) => candidate),
  );
}

/** The way the selected pair takes: over a relay, between addresses of the hosts' own networks, or through the NATs. */
function kindOf(pair: SelectedPair | null): PathKind | "none" {
  if (pair === null) return "none";
  if (pair.local.type === "relay" || pair.remote.type === "relay") return "relayed";
  return pair.remote.address.startsWith("192.168.") ? "direct" : "reflexive";
}
