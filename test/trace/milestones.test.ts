import { describe, expect, test } from "vitest";
import type { MilestoneName, Trace } from "../../lib/doors/trace.ts";
import { milestones, timeline } from "../../lib/doors/trace.ts";
import { recordedTrace } from "../support/recorded-trace.ts";

const courseOf = (trace: Trace, peer: string, at = 0) => {
  const course = milestones(trace).filter((each) => each.peer === peer)[at];
  if (!course) throw new Error(`There is no connection of ${peer}.`);
  return course;
};
const reachedBy = (trace: Trace, peer: string, at = 0): readonly MilestoneName[] =>
  courseOf(trace, peer, at).reached.map(({ name }) => name);

describe("milestones", () => {
  test("follow an offerer from its creation to its end, each with the event that shows it", () => {
    const trace = recordedTrace("ok");
    expect(reachedBy(trace, "alice")).toEqual([
      "created",
      "offer-created",
      "offer-applied",
      "first-signal",
      "offer-sent",
      "first-local-candidate",
      "ice-checking",
      "answer-received",
      "first-remote-candidate",
      "dtls-connected",
      "ice-connected",
      "answer-applied",
      "channel-open",
      "gathering-complete",
      "connected",
      "closed",
    ]);
    const ice = courseOf(trace, "alice").reached.find(({ name }) => name === "ice-connected");
    const event = trace.events.find(({ seq }) => seq === ice?.seq);
    expect(event).toMatchObject({ kind: "state", machine: "ice", to: "connected", t: ice?.t });
  });

  test("count no candidate and no answer that was refused", () => {
    expect(reachedBy(recordedTrace("early-candidate"), "bob")).not.toContain(
      "first-remote-candidate",
    );
    expect(reachedBy(recordedTrace("swapped-sections"), "alice")).not.toContain("answer-applied");
  });

  test("keep the rounds of a mesh apart, although messages name no connection", () => {
    const trace = recordedTrace("mesh-of-4");
    expect(milestones(trace)).toHaveLength(12);
    for (const { reached } of milestones(trace)) {
      const names = reached.map(({ name }) => name);
      expect(names.includes("offer-sent")).toBe(!names.includes("answer-sent"));
      expect(names).toContain("connected");
    }
    for (const { offer } of timeline(trace).rounds) {
      const places = new Set(offer.steps.flatMap(({ peer, pc }) => (pc ? [`${peer} ${pc}`] : [])));
      expect(places.size).toBe(2);
    }
  });

  test("say what the recording could not have shown", () => {
    const trace = recordedTrace("ok");
    expect(courseOf(trace, "alice").unknown).toEqual(["first-media"]);
    const withoutSignals: Trace = {
      header: { ...trace.header, source: { format: "x", limits: ["no-signaling"] } },
      events: trace.events.filter(({ kind }) => kind !== "signal"),
    };
    expect(courseOf(withoutSignals, "alice").unknown).toEqual([
      "first-signal",
      "offer-sent",
      "offer-received",
      "answer-sent",
      "answer-received",
      "first-media",
    ]);
  });

  test("see the first media that statistics count", () => {
    const trace = recordedTrace("ok");
    const stats = (seq: number, packetsReceived: number) =>
      ({
        seq,
        t: seq,
        peer: "alice",
        pc: "pc1",
        kind: "stats",
        report: { I1: { type: "inbound-rtp", packetsReceived } },
      }) as const;
    const events = [...trace.events, stats(5000, 0), stats(5001, 7), stats(5002, 9)];
    expect(courseOf({ ...trace, events }, "alice").reached.at(-1)).toEqual({
      name: "first-media",
      seq: 5001,
      t: 5001,
    });
  });

  test("of an empty trace are none", () => {
    expect(milestones({ ...recordedTrace("ok"), events: [] })).toEqual([]);
  });
});
