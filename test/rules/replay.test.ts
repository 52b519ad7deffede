import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Trace } from "../../lib/index.ts";
import { readTrace, removeAttribute, setAttribute } from "../../lib/index.ts";
import { replayNegotiation } from "../../lib/rules/replay.ts";
import { transition } from "../../lib/rules/signaling-state.ts";
import { answerSdp, call, host, init, offerSdp, refusal, script, sdp } from "./session/script.ts";

const traces = join(import.meta.dirname, "../fixtures/traces");

async function recorded(name: string): Promise<Trace> {
  return readTrace(await readFile(join(traces, `${name}.sdpscope.jsonl`), "utf8")).trace;
}

/** Every step as `name method(type) outcome state`. */
function told(trace: Trace, options?: Parameters<typeof replayNegotiation>[1]): readonly string[] {
  return replayNegotiation(trace, options).steps.map(
    ({ name, method, type, computed }) =>
      `${name} ${method}${type ? `(${type})` : ""} ${computed.outcome} ${computed.state}`,
  );
}

describe("the signaling state machine", () => {
  it.each([
    ["stable", "local", "offer", "have-local-offer"],
    ["stable", "remote", "offer", "have-remote-offer"],
    ["stable", "local", "answer", undefined],
    ["stable", "remote", "answer", undefined],
    ["stable", "remote", "rollback", undefined],
    ["have-local-offer", "local", "offer", "have-local-offer"],
    ["have-local-offer", "remote", "offer", "have-remote-offer"],
    ["have-local-offer", "remote", "pranswer", "have-remote-pranswer"],
    ["have-local-offer", "remote", "answer", "stable"],
    ["have-local-offer", "local", "answer", undefined],
    ["have-local-offer", "local", "rollback", "stable"],
    ["have-remote-offer", "local", "offer", undefined],
    ["have-remote-offer", "remote", "offer", "have-remote-offer"],
    ["have-remote-offer", "local", "pranswer", "have-local-pranswer"],
    ["have-remote-offer", "local", "answer", "stable"],
    ["have-remote-offer", "remote", "rollback", "stable"],
    ["have-local-pranswer", "local", "answer", "stable"],
    ["have-local-pranswer", "local", "rollback", undefined],
    ["have-local-pranswer", "remote", "offer", undefined],
    ["have-remote-pranswer", "remote", "pranswer", "have-remote-pranswer"],
    ["have-remote-pranswer", "local", "offer", undefined],
  ] as const)("in %s, a %s %s leads to %s", (state, side, type, to) => {
    const result = transition(state, side, type);
    expect("to" in result ? result.to : undefined).toBe(to);
  });
});

describe("replayNegotiation", () => {
  it("agrees with every recorded session of Chromium and werift", async () => {
    const names = await readdir(traces);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const replay = replayNegotiation(await recorded(name.split(".")[0] ?? ""));
      const { steps, notEvaluated, parting } = replay;
      expect(steps.length + notEvaluated.length, name).toBeGreaterThan(0);
      expect(parting, name).toBeUndefined();
    }
  });

  it("walks a call through its states", () => {
    expect(told(call().trace)).toEqual([
      "alice createOffer(offer) accepted stable",
      "alice setLocalDescription(offer) accepted have-local-offer",
      "bob setRemoteDescription(offer) accepted have-remote-offer",
      "bob createAnswer(answer) accepted have-remote-offer",
      "bob setLocalDescription(answer) accepted stable",
      "alice setRemoteDescription(answer) accepted stable",
      "bob addIceCandidate accepted stable",
      "alice addIceCandidate accepted stable",
    ]);
  });

  it("tells an illegal call with the error that a browser gives, word for word", async () => {
    const { steps } = replayNegotiation(await recorded("wrong-state"));
    const refused = steps.filter(({ computed }) => computed.outcome === "refused");
    expect(refused.length).toBeGreaterThan(0);
    for (const step of refused) expect(step.computed.error).toEqual(step.recorded.error);
  });

  it("tells why each candidate is refused, with the error that a browser gives", async () => {
    const early = replayNegotiation(await recorded("early-candidate")).steps;
    const bad = replayNegotiation(await recorded("bad-candidates")).steps;
    const refused = [...early, ...bad].filter(({ computed }) => computed.outcome === "refused");
    expect(refused.length).toBeGreaterThan(1);
    for (const step of refused) expect(step.computed.error?.name).toBe(step.recorded.error?.name);
  });

  it("refuses a candidate without a section, of an unknown one, of another ICE session, and after the close", () => {
    const made = call({ aliceCandidates: [], bobCandidates: [] });
    const bob = made.at("bob");
    const candidate = host("192.168.0.9", 5000);
    bob.call(100, "addIceCandidate", { candidate });
    bob.call(102, "addIceCandidate", { candidate, sdpMid: "7" });
    bob.call(104, "addIceCandidate", { candidate, sdpMLineIndex: 3 });
    bob.call(106, "addIceCandidate", { candidate, sdpMid: "0", usernameFragment: "else" });
    bob.call(108, "addIceCandidate", { candidate: "candidate:rubbish", sdpMid: "0" });
    bob.call(110, "addIceCandidate", null);
    bob.call(112, "close");
    bob.call(114, "addIceCandidate", { candidate, sdpMid: "0" });
    const { steps } = replayNegotiation(made.trace);
    const outcomes = steps
      .filter(({ method }) => method === "addIceCandidate")
      .map(({ computed }) => computed.error?.name ?? computed.outcome);
    expect(outcomes).toEqual([
      "TypeError",
      "OperationError",
      "OperationError",
      "OperationError",
      "OperationError",
      "accepted",
      "InvalidStateError",
    ]);
  });

  it("tells where an engine left the specification, and goes on with what was recorded", () => {
    const made = script();
    const alice = made.at("alice");
    // An engine without implicit rollback refuses the colliding offer.
    alice.call(1, "createOffer", undefined, { result: { type: "offer", sdp: offerSdp } });
    alice.call(3, "setLocalDescription", { type: "offer", sdp: offerSdp });
    alice.call(
      5,
      "setRemoteDescription",
      { type: "offer", sdp: sdp("c") },
      refusal("Called in wrong state: have-local-offer"),
    );
    alice.call(7, "setRemoteDescription", { type: "answer", sdp: answerSdp });
    const { steps, parting } = replayNegotiation(made.trace);
    expect(parting?.method).toBe("setRemoteDescription");
    expect(parting?.computed).toMatchObject({ outcome: "accepted", state: "have-remote-offer" });
    expect(parting?.differences[0]?.en).toContain("was refused in the recording");
    expect(parting?.differences[0]?.ko).toContain("setRemoteDescription");
    expect(steps.at(-1)?.computed).toMatchObject({ outcome: "accepted", state: "stable" });
  });

  it("takes back the local offer when a remote one collides with it", async () => {
    const { steps } = replayNegotiation(await recorded("ok-glare"));
    expect(steps.some(({ computed }) => computed.reason.en.includes("takes back"))).toBe(true);
  });

  it("computes each answer from the real browser's capabilities, and finds what was altered", async () => {
    const good = replayNegotiation(await recorded("ok")).steps.flatMap(
      ({ answer }) => answer ?? [],
    );
    expect(good.length).toBeGreaterThan(0);
    for (const answer of good) {
      expect(answer.by).toMatch(/^chromium 156/);
      expect(answer.differences).toEqual([]);
    }
    const swapped = replayNegotiation(await recorded("swapped-sections")).steps;
    const answer = swapped.findLast((step) => step.answer)?.answer;
    expect(answer?.differences.map(({ what, recorded: was }) => `${what} ${was}`)).toEqual([
      "section m=video",
      "section m=audio",
    ]);
    expect(answer?.findings.map(({ code }) => code)).toContain("answer/media-kind");
  });

  it("says that a source without calls cannot be replayed", () => {
    const made = script();
    made.message(1, "alice", "bob", { type: "offer", sdp: offerSdp });
    const { steps, notEvaluated } = replayNegotiation(made.trace);
    expect(steps).toEqual([]);
    expect(notEvaluated).toHaveLength(1);
  });

  it.each([undefined, null, {}, { events: [null, 3, { kind: "call" }] }])(
    "does not throw on %j",
    (trace) => {
      expect(replayNegotiation(trace as unknown as Trace).steps).toEqual([]);
    },
  );
});

describe("what if", () => {
  it("candidates had been held until the remote description: nothing is lost", async () => {
    const trace = await recorded("early-candidate");
    const lost = replayNegotiation(trace).connections.map(({ candidates }) => candidates.refused);
    expect(Math.max(...lost)).toBeGreaterThan(0);
    const { connections, parting } = replayNegotiation(trace, { holdCandidates: true });
    for (const { candidates } of connections) expect(candidates.refused).toBe(0);
    expect(parting?.computed.reason.en).toContain("was held until");
  });

  it("an offer had been lost: all that rests on it never happens", () => {
    const steps = told(call().trace, {
      drop: ({ method, type }) => method === "setRemoteDescription" && type === "offer",
    });
    expect(steps).toEqual([
      "alice createOffer(offer) accepted stable",
      "alice setLocalDescription(offer) accepted have-local-offer",
      "bob setRemoteDescription(offer) dropped stable",
      "bob createAnswer(answer) absent stable",
      "bob setLocalDescription(answer) absent stable",
      "alice setRemoteDescription(answer) absent have-local-offer",
      "bob addIceCandidate refused stable",
      "alice addIceCandidate refused have-local-offer",
    ]);
  });

  it("an offer had come later: the candidate overtakes it, and the answer comes as much later", () => {
    const { trace } = call();
    const { steps } = replayNegotiation(trace, {
      delayMs: ({ method, type }) =>
        method === "setRemoteDescription" && type === "offer" ? 50 : 0,
    });
    expect(
      steps.map(({ name, method, at, computed }) => `${at} ${name} ${method} ${computed.outcome}`),
    ).toEqual([
      "1 alice createOffer accepted",
      "3 alice setLocalDescription accepted",
      "24 bob addIceCandidate refused",
      "24 alice addIceCandidate refused",
      "58 bob setRemoteDescription accepted",
      "60 bob createAnswer accepted",
      "62 bob setLocalDescription accepted",
      "67 alice setRemoteDescription accepted",
    ]);
  });

  it("a description had been another one: the change goes where the description went", () => {
    const { steps } = replayNegotiation(call().trace, {
      change: ({ type, sdp: text, side }) =>
        type === "offer" && side === "local"
          ? setAttribute(text, "0", "mid", "9").toString().replace("BUNDLE 0", "BUNDLE 9")
          : undefined,
    });
    const offers = steps.filter(({ type, side }) => type === "offer" && side !== undefined);
    expect(offers.map(({ isChanged }) => isChanged)).toEqual([true, true]);
    // The recorded answer names a section that the changed offer does not have.
    const answer = steps.find(({ type, side }) => type === "answer" && side === "local");
    expect(answer?.computed).toMatchObject({ outcome: "refused", state: "have-remote-offer" });
    expect(
      steps.find(({ type, side }) => type === "answer" && side === "remote")?.computed,
    ).toMatchObject({ outcome: "absent", state: "have-local-offer" });
  });

  it("a description had been altered on its way: only who received it sees that", () => {
    const { steps } = replayNegotiation(call().trace, {
      change: ({ type, sdp: text, side }) =>
        type === "offer" && side === "remote"
          ? removeAttribute(text, "0", "rtcp-mux").toString()
          : undefined,
    });
    const changed = steps.filter(({ isChanged }) => isChanged);
    expect(changed.map(({ name, method }) => `${name} ${method}`)).toEqual([
      "bob setRemoteDescription",
    ]);
  });

  it("another codec had been preferred: the answer is made anew, and both send that codec", async () => {
    const trace = await recorded("ok");
    const first = (
      options?: Parameters<typeof replayNegotiation>[1],
    ): readonly (string | undefined)[] => {
      const answer = replayNegotiation(trace, options).steps.find((step) => step.answer)?.answer;
      return (answer?.codecs ?? []).flatMap(({ kind, codec }) =>
        kind === "video" ? [codec?.name] : [],
      );
    };
    expect(first()).not.toContain("H264");
    expect(first({ prefer: ["H264"] }).filter((name) => name !== undefined)).toContain("H264");
    const { steps, parting } = replayNegotiation(trace, { prefer: ["H264"] });
    expect(parting?.isChanged).toBe(true);
    expect(steps.every(({ computed }) => computed.outcome === "accepted")).toBe(true);
  });

  it("a delay below 0 is a wrong use", () => {
    expect(() => replayNegotiation(call().trace, { delayMs: () => -1 })).toThrow(RangeError);
  });

  it("holds candidates for ever where no description comes", () => {
    const made = script();
    made.at("alice").call(1, "addIceCandidate", init(host("192.168.0.2", 5000)));
    const { connections } = replayNegotiation(made.trace, { holdCandidates: true });
    expect(connections[0]?.candidates).toMatchObject({ held: 1, refused: 0 });
  });
});
