import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MappingReport } from "../../lib/stun/test-mapping.ts";
import type { ServerReport } from "../../lib/stun/test-server.ts";
import type { NatLab } from "../support/nat-lab.ts";
import { createNatLab, natLabObstacle, stunServers, turnServer } from "../support/nat-lab.ts";

const obstacle = natLabObstacle();
if (obstacle !== undefined) {
  const message = `The NAT lab cannot be made: ${obstacle}.`;
  if (process.env["REQUIRE_NETNS"] === "1") throw new Error(message);
  console.warn(message);
}

describe.skipIf(obstacle !== undefined)("sdpscope servers behind a NAT", () => {
  let lab: NatLab;
  beforeAll(async () => {
    lab = await createNatLab();
  });
  afterAll(() => lab?.close());

  /** The reports of the servers, and the one of the NAT behind them. */
  async function run(...args: string[]): Promise<{ reports: ServerReport[]; nat: MappingReport }> {
    const runner = join(import.meta.dirname, "../lab/run.mjs");
    const program = join(import.meta.dirname, "../support/run-servers");
    const child = lab.start("hostA", process.execPath, [runner, program, "--json", ...args]);
    child.stdin?.end();
    if (child.stdout === null) throw new Error("No output.");
    const lines = (await text(child.stdout)).trimEnd().split("\n");
    const values = lines.map((line) => JSON.parse(line));
    return { reports: values.slice(0, -1), nat: values.at(-1).nat };
  }

  it("says by two servers that it maps symmetrically", async () => {
    lab.setNat("symmetric");
    const { reports, nat } = await run(...stunServers);
    expect(reports.map(({ mapped }) => mapped?.address)).toEqual(["198.51.100.2", "198.51.100.2"]);
    expect(nat.mapping).toBe("endpoint-dependent");
    expect(nat.diagnostics[0]?.message.en).toContain("maps symmetrically");
  });

  it("says by one server with two addresses that it maps symmetrically", async () => {
    lab.setNat("symmetric");
    const { reports, nat } = await run(stunServers[0]);
    expect(reports[0]?.other?.address).toBe("192.0.2.2");
    expect(nat.mapping).toBe("endpoint-dependent");
  });

  it("says of a port-preserving one that it maps alike for every server", async () => {
    lab.setNat("port-preserving");
    const { nat } = await run(...stunServers);
    expect(nat).toMatchObject({ mapping: "endpoint-independent", diagnostics: [] });
  });

  it("gets a relay through it, over UDP and TCP", async () => {
    lab.setNat("symmetric");
    const { username, credential, urls } = turnServer;
    const account = ["--username", username, "--credential", credential];
    const { reports } = await run(urls, `${urls}?transport=tcp`, ...account);
    for (const { relayed, mapped, diagnostics } of reports) {
      expect(diagnostics).toEqual([]);
      expect(relayed?.address).toBe("192.0.2.1");
      expect(mapped?.address).toBe("198.51.100.2");
    }
  });
});
