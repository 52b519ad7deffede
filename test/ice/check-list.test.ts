import { describe, expect, it } from "vitest";
import type { CheckEvent, CheckList, CheckOutput } from "../../lib/ice/check-list.ts";
import { createCheckList } from "../../lib/ice/check-list.ts";
import { formPairs } from "../../lib/ice/pair.ts";
import { candidateOf, udp } from "../support/candidates.ts";

const near = [udp("host 10.0.0.1:5000")];
const far = [udp("host 10.0.0.2:4000"), udp("srflx 7.7.7.7:4000 of 10.0.0.2:4000")];
const controlling = (): CheckList =>
  createCheckList(formPairs(near, far, "controlling"), { role: "controlling", tiebreaker: 7n });
const controlled = (): CheckList =>
  createCheckList(formPairs(near, far, "controlled"), { role: "controlled", tiebreaker: 7n });

describe("createCheckList", () => {
  it("unfreezes one pair of each foundation, over all streams", () => {
    const rtp = candidateOf("1 1 udp 2130706431 10.0.0.1 5000 typ host");
    const rtcp = candidateOf("1 2 udp 2130706430 10.0.0.1 5001 typ host");
    const theirs = [
      candidateOf("a 1 udp 2130706431 10.0.0.2 4000 typ host"),
      candidateOf("a 2 udp 2130706430 10.0.0.2 4001 typ host"),
    ];
    const audio = formPairs([rtp, rtcp], theirs, "controlling");
    const video = formPairs([rtp, rtcp], theirs, "controlling");
    const list = createCheckList([audio, video], { role: "controlling" });
    expect(states(list)).toEqual(["1 waiting", "2 frozen", "1 frozen", "2 frozen"]);
  });

  it("checks the highest pair first, one a timer", () => {
    const list = controlling();
    const first = checks(list.handle({ type: "timer", now: 0 }));
    const second = checks(list.handle({ type: "timer", now: 50 }));
    const third = list.handle({ type: "timer", now: 100 });
    expect(first).toMatchObject([
      { pair: 0, isTriggered: false, isNominating: false, role: "controlling" },
    ]);
    expect(second).toMatchObject([{ pair: 1 }]);
    expect(third).toEqual([]);
  });

  it("sends the priority of a peer-reflexive candidate", () => {
    const [check] = checks(controlling().handle({ type: "timer", now: 0 }));
    expect(check?.priority).toBe(110 * 2 ** 24 + 65_535 * 256 + 255);
  });

  it("thaws the pairs of a foundation when one of them succeeds", () => {
    const ours = [
      candidateOf("1 1 udp 2130706431 10.0.0.1 5000 typ host"),
      candidateOf("1 2 udp 2130706430 10.0.0.1 5001 typ host"),
    ];
    const theirs = [
      candidateOf("a 1 udp 2130706431 10.0.0.2 4000 typ host"),
      candidateOf("a 2 udp 2130706430 10.0.0.2 4001 typ host"),
    ];
    const list = createCheckList(formPairs(ours, theirs, "controlling"), { role: "controlling" });
    list.handle({ type: "timer", now: 0 });
    list.handle({ type: "response", now: 10, check: 1 });
    expect(states(list)).toEqual(["1 succeeded", "2 waiting"]);
    expect(list.state).toBe("running");
  });

  it("nominates a valid pair by a second check, and completes", () => {
    const list = controlling();
    list.handle({ type: "timer", now: 0 });
    list.handle({ type: "response", now: 10, check: 1 });
    list.handle({ type: "nominate", now: 20, pair: 0 });
    const [check] = checks(list.handle({ type: "timer", now: 50 }));
    expect(check).toMatchObject({ pair: 0, isTriggered: true, isNominating: true });
    const outputs = list.handle({ type: "response", now: 60, check: check?.check ?? 0 });
    expect(outputs).toContainEqual({ type: "selected", stream: 0, component: 1, pair: 0 });
    expect(outputs).toContainEqual({ type: "list", stream: 0, state: "completed" });
    expect(list.state).toBe("completed");
    expect(list.pairs.map(({ id }) => id)).toEqual([0]);
  });

  it("learns its own peer-reflexive candidate from a mapped address", () => {
    const list = controlling();
    list.handle({ type: "timer", now: 0 });
    const outputs = list.handle({
      type: "response",
      now: 10,
      check: 1,
      mapped: { address: "9.9.9.9", port: 61_000 },
    });
    expect(outputs).toContainEqual(
      expect.objectContaining({
        type: "learned",
        side: "local",
        candidate: expect.objectContaining({
          type: "prflx",
          address: "9.9.9.9",
          relatedPort: 5000,
        }),
      }),
    );
    const valid = list.pairs.find((pair) => pair.isValid);
    expect(valid?.local).toMatchObject({ type: "prflx" });
    expect(list.pairs.find(({ id }) => id === 0)?.validPair).toBe(valid?.id);
  });

  it("triggers a check by a request, and learns who sent it", () => {
    const list = controlled();
    const outputs = list.handle(request({ from: { address: "7.7.7.7", port: 9999 } }));
    expect(outputs[0]).toEqual({ type: "respond", code: 200 });
    expect(outputs).toContainEqual(expect.objectContaining({ type: "learned", side: "remote" }));
    expect(checks(list.handle({ type: "timer", now: 1 }))).toMatchObject([
      { pair: 2, isTriggered: true },
    ]);
  });

  it("takes the controlling agent's nomination when its own check succeeds", () => {
    const list = controlled();
    list.handle(request({ isNominating: true }));
    expect(list.pairs.some((pair) => pair.isNominated)).toBe(false);
    list.handle({ type: "timer", now: 1 });
    list.handle({ type: "response", now: 2, check: 1 });
    expect(list.state).toBe("completed");
  });

  it("takes a nomination of a pair that has succeeded at once", () => {
    const list = controlled();
    list.handle({ type: "timer", now: 0 });
    list.handle({ type: "response", now: 1, check: 1 });
    const outputs = list.handle(request({ isNominating: true }));
    expect(outputs).toContainEqual({ type: "selected", stream: 0, component: 1, pair: 0 });
  });

  it("checks again what was in progress when a request comes, and forgives the cancelled check", () => {
    const list = controlled();
    list.handle({ type: "timer", now: 0 });
    list.handle(request({}));
    expect(list.pairs[0]?.state).toBe("waiting");
    list.handle({ type: "timer", now: 1 });
    list.handle({ type: "response", now: 2, check: 2 });
    list.handle({ type: "timer", now: 100_000 });
    expect(list.pairs[0]?.state).toBe("succeeded");
  });

  it.each<["controlling" | "controlled", bigint, "controlling" | "controlled", boolean]>([
    ["controlling", 6n, "controlling", true],
    ["controlling", 7n, "controlling", true],
    ["controlling", 8n, "controlled", false],
    ["controlled", 6n, "controlling", false],
    ["controlled", 8n, "controlled", true],
  ])(
    "settles a conflict of two %s agents, the other with tiebreaker %s: %s",
    (role, tiebreaker, then, isRefused) => {
      const list = role === "controlling" ? controlling() : controlled();
      const outputs = list.handle(request({ role, tiebreaker }));
      expect(list.role).toBe(then);
      expect(outputs.some((output) => output.type === "respond" && output.code === 487)).toBe(
        isRefused,
      );
    },
  );

  it("switches once on 487, recomputes priorities and checks the pair again", () => {
    const list = controlling();
    list.handle({ type: "timer", now: 0 });
    list.handle({ type: "timer", now: 50 });
    const before = list.pairs.map(({ priority }) => priority);
    list.handle({ type: "error", now: 60, check: 1, code: 487 });
    list.handle({ type: "error", now: 61, check: 2, code: 487 });
    expect(list.role).toBe("controlled");
    expect(list.pairs.map(({ priority }) => priority)).not.toEqual(before);
    expect(checks(list.handle({ type: "timer", now: 100 }))).toMatchObject([
      { pair: 0, isTriggered: true, role: "controlled" },
    ]);
  });

  it("fails when every check stays unanswered", () => {
    const list = controlling();
    list.handle({ type: "timer", now: 0 });
    list.handle({ type: "timer", now: 50 });
    expect(list.state).toBe("running");
    const outputs = list.handle({ type: "timer", now: 40_000 });
    expect(outputs).toContainEqual({ type: "list", stream: 0, state: "failed" });
    expect(list.state).toBe("failed");
  });

  it("fails a check that is answered from another address", () => {
    const list = controlling();
    list.handle({ type: "timer", now: 0 });
    list.handle({ type: "response", now: 1, check: 1, isSymmetric: false });
    expect(list.pairs.find(({ id }) => id === 0)?.state).toBe("failed");
  });

  it("does not fail before the end of candidates, and takes those that trickle", () => {
    const list = createCheckList(formPairs(near, [], "controlling"), {
      role: "controlling",
      isTrickle: true,
    });
    list.handle({ type: "candidate", now: 0, side: "local", candidate: near[0] as never });
    list.handle({ type: "candidate", now: 1, side: "remote", candidate: far[0] as never });
    expect(checks(list.handle({ type: "timer", now: 2 }))).toHaveLength(1);
    list.handle({ type: "error", now: 3, check: 1, code: 400 });
    expect(list.state).toBe("running");
    list.handle({ type: "end-of-candidates", now: 4, side: "local" });
    list.handle({ type: "end-of-candidates", now: 5, side: "remote" });
    expect(list.state).toBe("failed");
  });

  it("waits for a pair of every component and every stream", () => {
    const ours = [
      candidateOf("1 1 udp 2130706431 10.0.0.1 5000 typ host"),
      candidateOf("1 2 udp 2130706430 10.0.0.1 5001 typ host"),
    ];
    const theirs = [
      candidateOf("a 1 udp 2130706431 10.0.0.2 4000 typ host"),
      candidateOf("a 2 udp 2130706430 10.0.0.2 4001 typ host"),
    ];
    const formed = formPairs(ours, theirs, "controlled");
    const list = createCheckList([formed, formed], { role: "controlled" });
    for (const stream of [0, 1])
      for (const port of [0, 1]) {
        expect(list.state).toBe("running");
        list.handle({
          type: "request",
          now: 0,
          stream,
          to: { address: "10.0.0.1", port: 5000 + port },
          from: { address: "10.0.0.2", port: 4000 + port },
          priority: 1,
          isNominating: true,
          role: "controlling",
        });
        const [check] = checks(list.handle({ type: "timer", now: 1 }));
        list.handle({ type: "response", now: 2, check: check?.check ?? 0 });
      }
    expect(list.lists).toEqual(["completed", "completed"]);
  });

  it("throws on what never was", () => {
    const list = controlling();
    expect(() => list.handle({ type: "response", now: 0, check: 5 })).toThrow("Check 5");
    expect(() => list.handle({ type: "nominate", now: 0, pair: 99 })).toThrow("pair 99");
    expect(() => list.handle({ type: "nominate", now: 0, pair: 0 })).toThrow("not valid yet");
    expect(() => controlled().handle({ type: "nominate", now: 0, pair: 0 })).toThrow("controlling");
    expect(() =>
      list.handle({ type: "end-of-candidates", now: 0, stream: 3, side: "local" }),
    ).toThrow("stream 3");
  });
});

function request(change: Partial<Extract<CheckEvent, { type: "request" }>>): CheckEvent {
  return {
    type: "request",
    now: 0,
    to: { address: "10.0.0.1", port: 5000 },
    from: { address: "10.0.0.2", port: 4000 },
    priority: 1862270975,
    ...change,
  };
}

function checks(outputs: readonly CheckOutput[]): Extract<CheckOutput, { type: "check" }>[] {
  return outputs.filter((output) => output.type === "check");
}

function states(list: CheckList): string[] {
  return [...list.pairs]
    .sort((a, b) => a.id - b.id)
    .map(({ component, state }) => `${component} ${state}`);
}
