import { describe, expect, it } from "vitest";
import type { NatFiltering, NatMapping } from "../../lib/ice/predict.ts";
import { predictConnection } from "../../lib/ice/predict.ts";
import { udp } from "../support/candidates.ts";
import type { ModelSide } from "../support/nat-model.ts";
import { modelCandidates, runModelCall } from "../support/nat-model.ts";

const mappings: readonly NatMapping[] = ["none", "endpoint-independent", "endpoint-dependent"];
const filterings: readonly NatFiltering[] = [
  "endpoint-independent",
  "address-dependent",
  "address-and-port-dependent",
];

describe("predictConnection", () => {
  // Every NAT of RFC 4787 against every other, with and without servers: what is predicted is what two check lists do over a model network.
  // A mapping for one endpoint alone lets in that one alone, so endpoint-dependent mappings come with such a filter.
  const nats = mappings.flatMap((mapping) =>
    filterings
      .filter(
        (filtering) => mapping !== "endpoint-dependent" || filtering !== "endpoint-independent",
      )
      .map((filtering) => ({ mapping, filtering })),
  );
  const servers = [
    { hasStun: true, hasTurn: false },
    { hasStun: true, hasTurn: true },
    { hasStun: false, hasTurn: false },
    { hasStun: false, hasTurn: true },
  ];
  it.each(servers.flatMap((ours) => servers.map((theirs) => ({ ours, theirs }))))(
    "agrees with running check lists: $ours against $theirs",
    ({ ours, theirs }) => {
      const surprises: string[] = [];
      for (const near of nats)
        for (const far of nats) {
          const a: ModelSide = { ...near, ...ours };
          const b: ModelSide = { ...far, ...theirs };
          const prediction = predictConnection(
            { candidates: modelCandidates(a, 1), ...near, isComplete: true },
            { candidates: modelCandidates(b, 2), ...far, isComplete: true },
            { isSameNetwork: false },
          );
          const predicted = prediction.winner?.kind ?? "none";
          const happened = runModelCall(a, b);
          if (predicted !== happened)
            surprises.push(
              `${Object.values(near)} – ${Object.values(far)}: ${predicted}, but ${happened}`,
            );
          expect(prediction.certainty).toBe("certain");
        }
      expect(surprises).toEqual([]);
    },
  );

  const home = [udp("host 192.168.1.2:5000"), udp("srflx 9.9.9.9:5000 of 192.168.1.2:5000")];
  const office = [udp("host 10.1.0.2:4000"), udp("srflx 7.7.7.7:4000 of 10.1.0.2:4000")];

  it("thinks two ordinary homes connect through their NATs, and says what could prevent it", () => {
    const prediction = predictConnection({ candidates: home }, { candidates: office });
    expect(prediction).toMatchObject({
      outcome: "connects",
      certainty: "possible",
      winner: { kind: "reflexive" },
    });
    expect(prediction.missing.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["local-mapping", "remote-mapping"]),
    );
    expect(prediction.summary.ko).toMatch(/[가-힣]/);
  });

  it("is certain that two symmetric NATs without TURN fail, and tells the cure", () => {
    const symmetric = {
      mapping: "endpoint-dependent",
      filtering: "address-and-port-dependent",
    } as const;
    const prediction = predictConnection(
      { candidates: home, ...symmetric, isComplete: true },
      { candidates: office, ...symmetric, isComplete: true },
    );
    expect(prediction).toMatchObject({ outcome: "fails", certainty: "certain", missing: [] });
    expect(prediction.summary.en).toContain("TURN");
    // A relay may still come.
    expect(
      predictConnection(
        { candidates: home, ...symmetric },
        { candidates: office, ...symmetric, isComplete: true },
      ),
    ).toMatchObject({
      outcome: "fails",
      certainty: "possible",
      missing: [{ name: "local-candidates" }],
    });
  });

  it("takes the symmetric NAT that the candidates prove", () => {
    const proven = [...home, udp("srflx 9.9.9.9:5001 of 192.168.1.2:5000", 1)];
    const prediction = predictConnection(
      { candidates: proven },
      { candidates: office, mapping: "endpoint-dependent" },
    );
    expect(prediction).toMatchObject({ outcome: "fails" });
    expect(prediction.missing.map(({ name }) => name)).not.toContain("local-mapping");
  });

  it("prefers a relay to nothing, and a hole in the NAT to a relay", () => {
    const relay = udp("relay 8.8.8.8:7000 of 9.9.9.9:5000");
    const symmetric = {
      mapping: "endpoint-dependent",
      filtering: "address-and-port-dependent",
    } as const;
    const over = predictConnection(
      { candidates: [...home, relay], ...symmetric },
      { candidates: office, ...symmetric },
    );
    expect(over).toMatchObject({
      outcome: "connects",
      certainty: "certain",
      winner: { kind: "relayed", works: "yes" },
    });
    const past = predictConnection({ candidates: [...home, relay] }, { candidates: office });
    expect(past.winner?.kind).toBe("reflexive");
  });

  it("knows a shared network by the public address, and mDNS names in it", () => {
    const hidden = (n: number) => [
      udp(`host e4771955-a734-42aa-b27f-d4f98463da8${n}.local:5000`),
      udp(`srflx 9.9.9.9:500${n} of 0.0.0.0:0`),
    ];
    const prediction = predictConnection({ candidates: hidden(1) }, { candidates: hidden(2) });
    expect(prediction).toMatchObject({ winner: { kind: "direct" }, certainty: "possible" });
    expect(prediction.missing.map(({ name }) => name)).toContain("same-network");
  });

  it("sees that a browser without STUN answer reaches a public server, which is open to all", () => {
    const browser = [udp("host e4771955-a734-42aa-b27f-d4f98463da81.local:5000")];
    const server = [udp("host 7.7.7.7:4000")];
    expect(predictConnection({ candidates: browser }, { candidates: server })).toMatchObject({
      outcome: "connects",
      certainty: "likely",
      winner: { kind: "reflexive" },
    });
  });

  it("says that one side has nothing, or nothing that fits", () => {
    const nothing = { candidates: [], isComplete: true };
    const complete = { candidates: home, isComplete: true };
    expect(predictConnection(nothing, complete)).toMatchObject({
      outcome: "fails",
      certainty: "certain",
      missing: [],
    });
    const other = predictConnection(complete, {
      candidates: [udp("host 0.0.0.0:1")],
      isComplete: true,
    });
    expect(other.summary.en).toContain("fits");
  });

  it("leaves open what becomes of sides that have not trickled yet", () => {
    const prediction = predictConnection({ candidates: [] }, { candidates: [] });
    expect(prediction).toMatchObject({ outcome: "unknown", certainty: "possible" });
    expect(prediction.missing.map(({ name }) => name)).toEqual([
      "local-candidates",
      "remote-candidates",
    ]);
    expect(prediction.summary.en).toContain("Unknown");
    expect(
      predictConnection(
        { candidates: [], isComplete: false },
        { candidates: home, isComplete: true },
      ),
    ).toMatchObject({ outcome: "unknown", missing: [{ name: "local-candidates" }] });
  });
});
