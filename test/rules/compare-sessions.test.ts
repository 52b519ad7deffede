import { describe, expect, test } from "vitest";
import type { SessionComparison } from "../../lib/doors/rules.ts";
import { compareSessions } from "../../lib/doors/rules.ts";
import type { MilestoneName, Trace, TraceEvent } from "../../lib/doors/trace.ts";
import { recordedTrace } from "../support/recorded-trace.ts";

const ok = recordedTrace("ok");
const compare = (right: string): SessionComparison => compareSessions(ok, recordedTrace(right));

function milestone(comparison: SessionComparison, connection: number, name: MilestoneName) {
  return comparison.connections[connection]?.milestones.find((row) => row.name === name);
}

/** The same session with another course: what `change` gives stands for each event. */
function altered(change: (event: TraceEvent) => readonly TraceEvent[]): Trace {
  return { header: ok.header, events: ok.events.flatMap(change) };
}

describe("where two sessions part", () => {
  test.each([
    ["early-candidate", /^Bob: addIceCandidate is refused with InvalidStateError/],
    ["relay-unreachable", /^Alice reaches “first local candidate” in the left session at \d+ ms/],
    ["fingerprint-mismatch", /^(?:Alice|Bob) reaches “failed” in the right session at \d+ ms/],
    ["reload", /^The connection of Bob \(pc2\) is there in the right session only/],
    ["wrong-state", /^Alice: setRemoteDescription is refused with InvalidStateError/],
  ])("a call that came up, and %s", (name, sentence) => {
    const { parting, summary, left, right, cause } = compare(name);
    expect(left.outcome).toBe("connected");
    expect(right.outcome).not.toBe("connected");
    expect(parting?.message.en).toMatch(sentence);
    expect(summary.en).toContain(parting?.message.en);
    expect(cause?.side).toBe("right");
    expect(cause?.finding.severity).not.toBe("info");
  });

  test("is nowhere in a session and itself", () => {
    const { differences, parting, summary, rounds, findings } = compareSessions(ok, ok);
    expect(differences).toEqual([]);
    expect(parting).toBeUndefined();
    expect(rounds).toHaveLength(3);
    for (const round of rounds) expect(round).toMatchObject({ offer: [], answer: [], volatile: 0 });
    expect(findings.onlyLeft.concat(findings.onlyRight)).toEqual([]);
    expect(summary).toEqual({
      en: "The left session and the right session both connected. They took the same course.",
      ko: "왼쪽 세션과 오른쪽 세션의 결과는 같습니다. 둘 다 연결되었습니다. 같은 과정을 거쳤습니다.",
    });
  });

  test("is the same place whichever of them stands left", () => {
    const other = compareSessions(recordedTrace("early-candidate"), ok);
    expect(other.parting?.kind).toBe("refusal");
    expect(other.cause?.side).toBe("left");
    expect(other.parting?.left).toBe(compare("early-candidate").parting?.right);
  });

  test("is a delay when nothing else differs", () => {
    const slow = altered((event) => [event.t > 139 ? { ...event, t: event.t + 4000 } : event]);
    const { parting } = compareSessions(ok, slow);
    expect(parting).toMatchObject({ kind: "delay", isDecisive: false });
    expect(parting?.message.en).toMatch(/the right session takes 4\.0 s longer/);
  });

  test("is the relay that one of them went through", () => {
    const relayed = altered((event) =>
      event.kind === "pair"
        ? [{ ...event, local: event.local.replace("typ host", "typ relay") }]
        : [event],
    );
    const { parting, connections } = compareSessions(ok, relayed);
    expect(parting).toMatchObject({ kind: "selected-pair", isDecisive: true });
    expect(connections[0]?.right?.selectedPair?.label).toMatch(/^relay ⇄/);
  });

  test("is a type of candidates that one of them lacks", () => {
    const direct = altered((event) =>
      event.kind === "candidate" && event.peer === "alice" && event.candidate
        ? [
            event,
            {
              ...event,
              candidate: {
                ...event.candidate,
                candidate: event.candidate.candidate.replace("typ host", "typ srflx"),
              },
            },
          ]
        : [event],
    );
    const { differences } = compareSessions(ok, direct);
    expect(
      differences.filter(({ kind }) => kind === "candidates").map(({ message }) => message),
    ).toEqual(
      expect.arrayContaining([
        {
          en: "Alice gathers srflx candidates in the right session, and none in the left session.",
          ko: "Alice: 로컬 srflx candidate가 오른쪽 세션에는 있지만 왼쪽 세션에는 없습니다.",
        },
      ]),
    );
  });
});

describe("milestones side by side", () => {
  test("count from the first one of each session", () => {
    const late = altered((event) => [{ ...event, t: event.t + 5000 }]);
    const comparison = compareSessions(ok, late);
    expect(comparison.alignedAt).toBe("start");
    expect(comparison.right.zero - comparison.left.zero).toBeCloseTo(5000);
    expect(milestone(comparison, 0, "ice-connected")?.differenceMs).toBeCloseTo(0);
  });

  test("count from a chosen one that both reached", () => {
    const comparison = compareSessions(ok, recordedTrace("early-candidate"), {
      alignAt: "offer-sent",
    });
    expect(comparison.alignedAt).toBe("offer-sent");
    expect(milestone(comparison, 0, "offer-sent")).toMatchObject({
      left: { state: "reached", at: 0 },
      right: { state: "reached", at: 0 },
      differenceMs: 0,
    });
    expect(comparison.alignments).not.toContain("ice-connected");
    expect(
      compareSessions(ok, recordedTrace("early-candidate"), { alignAt: "ice-connected" }).alignedAt,
    ).toBe("start");
  });

  test("have no times without a clock", () => {
    const untimed: Trace = { ...ok, header: { ...ok.header, clock: "none" } };
    const row = milestone(compareSessions(untimed, ok), 0, "ice-connected");
    expect(row?.differenceMs).toBeUndefined();
    expect(row?.left).not.toHaveProperty("at");
    expect(row?.right).toHaveProperty("at");
  });

  test("take what could not be recorded for no difference", () => {
    const silent: Trace = {
      header: { ...ok.header, source: { format: "x", limits: ["no-signaling"] } },
      events: ok.events.filter(({ kind }) => kind !== "signal"),
    };
    const comparison = compareSessions(ok, silent);
    expect(milestone(comparison, 0, "offer-sent")?.right).toEqual({ state: "unknown" });
    expect(comparison.differences).toEqual([]);
  });

  test("reject a milestone that there is not", () => {
    const alignAt = "lunch" as MilestoneName;
    expect(() => compareSessions(ok, ok, { alignAt })).toThrow(/^alignAt is one of created, /);
  });
});

describe("peers are matched", () => {
  const renamed = (names: Readonly<Record<string, string>>, trace: Trace = ok): Trace => ({
    header: {
      ...trace.header,
      peers: trace.header.peers.map(({ id }) => ({ id: names[id] ?? id })),
    },
    events: trace.events.map((event) =>
      event.peer === undefined ? event : { ...event, peer: names[event.peer] ?? event.peer },
    ),
  });
  const matches = (comparison: SessionComparison) =>
    comparison.peers.map(({ left, right, by, confidence }) => [left, right, by, confidence]);

  test("by their names", () => {
    expect(matches(compareSessions(ok, ok))).toEqual([
      ["alice", "alice", "name", "certain"],
      ["bob", "bob", "name", "certain"],
    ]);
  });

  test("by who offers, when their names say nothing", () => {
    const comparison = compareSessions(ok, renamed({ alice: "9f2", bob: "77c" }));
    expect(matches(comparison)).toEqual([
      ["alice", "9f2", "role", "likely"],
      ["bob", "77c", "role", "likely"],
    ]);
    expect(comparison.connections.map(({ match }) => match)).toEqual([
      { by: "only", confidence: "likely" },
      { by: "only", confidence: "likely" },
    ]);
    expect(comparison.peers[0]?.message.ko).toContain("근거: 같은 역할");
    expect(comparison.parting).toBeUndefined();
  });

  test("by their names before their roles, which is one difference and no more", () => {
    const swapped = compareSessions(ok, renamed({ alice: "bob", bob: "alice" }, ok));
    expect(matches(swapped).map(([, , by, confidence]) => [by, confidence])).toEqual([
      ["name", "likely"],
      ["name", "likely"],
    ]);
    expect(swapped.differences.filter(({ kind }) => kind === "role")).toHaveLength(2);
    expect(swapped.differences.some(({ message }) => message.en.includes("offer sent"))).toBe(
      false,
    );
  });

  test("by their order when there is nothing else", () => {
    const mesh = recordedTrace("mesh-of-4");
    const strangers = renamed({ alice: "w", bob: "x", carol: "y", dave: "z" }, mesh);
    expect(matches(compareSessions(mesh, strangers)).map(([a, b]) => `${a} ${b}`)).toEqual([
      "alice w",
      "bob x",
      "carol y",
      "dave z",
    ]);
  });

  test("in a mesh, with each connection to the peer that it leads to", () => {
    const mesh = recordedTrace("mesh-of-4");
    const { connections, differences } = compareSessions(mesh, mesh);
    expect(connections).toHaveLength(12);
    for (const { left, right, match } of connections) {
      expect(left?.name).toBe(right?.name);
      expect(match).toEqual({ by: "far-end", confidence: "certain" });
    }
    expect(differences).toEqual([]);
  });
});

test("a comparison takes what is hostile or empty", () => {
  const empty: Trace = { header: ok.header, events: [] };
  expect(compareSessions(empty, ok).left.outcome).toBe("empty");
  expect(compareSessions(empty, empty).summary.en).toContain("had no connection");
  const odd = altered((event) => [{ ...event, peer: "x".repeat(10_000), pc: "" }]);
  expect(() => compareSessions(odd, ok)).not.toThrow();
});
