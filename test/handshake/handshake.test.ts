import { describe, expect, test } from "vitest";
import type { HandshakeInput, HandshakeOutput } from "../../lib/handshake/handshake.ts";
import { createHandshake } from "../../lib/handshake/handshake.ts";

const offer = { type: "offer", sdp: "offer" } as const;
const answer = { type: "answer", sdp: "answer" } as const;
const candidate = (n: number) => ({ candidate: `candidate:${n}`, sdpMid: "0" });

function end(polite: boolean, timeoutMs?: number) {
  const handshake = createHandshake(timeoutMs === undefined ? { polite } : { polite, timeoutMs });
  const give = (input: HandshakeInput, now = 0) => handshake.handle(input, now);
  const hear = (type: "offer" | "answer" | "candidate" | "bye", data?: unknown) =>
    give({ type: "message", message: { type, data } });
  return { handshake, give, hear };
}

function types(outputs: readonly HandshakeOutput[]): readonly string[] {
  return outputs.map((output) =>
    output.type === "send" ? `send ${output.message.type}` : output.type,
  );
}

describe("the offerer", () => {
  test("sends its offer as soon as it is created, without waiting for gathering", () => {
    const { give } = end(false);
    expect(types(give({ type: "negotiate" }))).toEqual(["state", "wake", "create-offer"]);
    expect(give({ type: "created", description: offer })).toEqual([
      { type: "set-local", description: offer },
      { type: "send", message: { type: "offer", data: offer } },
    ]);
    expect(types(give({ type: "gathered", candidate: candidate(1) }))).toEqual(["send candidate"]);
  });

  test("keeps candidates that come before the answer and adds them in order after it", () => {
    const { give, hear } = end(false);
    give({ type: "negotiate" });
    give({ type: "created", description: offer });
    expect(hear("candidate", candidate(1))).toEqual([]);
    expect(hear("answer", answer)).toEqual([{ type: "set-remote", description: answer }]);
    expect(hear("candidate", candidate(2))).toEqual([]);
    expect(hear("candidate", null)).toEqual([]);
    // The engine may finish gathering while the answer is being applied: that is not the end of the exchange.
    expect(give({ type: "applied", side: "local" })).toEqual([]);
    expect(give({ type: "applied", side: "remote" })).toEqual([
      { type: "add-candidate", candidate: candidate(1) },
      { type: "add-candidate", candidate: candidate(2) },
      { type: "add-candidate", candidate: null },
    ]);
    expect(types(hear("candidate", candidate(3)))).toEqual(["add-candidate"]);
  });
});

describe("the answerer", () => {
  test("applies the offer, adds what waited, answers, and sends the answer at once", () => {
    const { give, hear } = end(true);
    hear("candidate", candidate(1));
    expect(types(hear("offer", offer))).toEqual(["set-remote"]);
    expect(types(give({ type: "applied", side: "remote" }))).toEqual([
      "add-candidate",
      "create-answer",
    ]);
    expect(types(give({ type: "created", description: answer }))).toEqual([
      "set-local",
      "send answer",
    ]);
  });

  test("takes a second offer once its own answer is applied", () => {
    const { give, hear } = end(true);
    hear("offer", offer);
    give({ type: "applied", side: "remote" });
    expect(hear("offer", { type: "offer", sdp: "second" })).toEqual([]);
    give({ type: "created", description: answer });
    expect(give({ type: "applied", side: "local" })).toEqual([
      { type: "set-remote", description: { type: "offer", sdp: "second" } },
    ]);
  });
});

describe("both ends offering at once", () => {
  test("the impolite end ignores the other's offer and its candidates", () => {
    const { give, hear } = end(false);
    give({ type: "negotiate" });
    give({ type: "created", description: offer });
    expect(hear("offer", { type: "offer", sdp: "theirs" })).toEqual([]);
    expect(hear("candidate", candidate(1))).toEqual([]);
    hear("answer", answer);
    expect(give({ type: "applied", side: "remote" })).toEqual([]);
  });

  test("the polite end gives its offer up, answers, and offers again afterwards", () => {
    const { give, hear } = end(true);
    give({ type: "negotiate" });
    give({ type: "created", description: offer });
    expect(types(hear("offer", { type: "offer", sdp: "theirs" }))).toEqual(["set-remote"]);
    give({ type: "applied", side: "remote" });
    give({ type: "created", description: answer });
    expect(types(give({ type: "applied", side: "local" }))).toEqual(["create-offer"]);
  });

  test("the polite end does not even send an offer that was in the making", () => {
    const { give, hear } = end(true);
    give({ type: "negotiate" });
    expect(hear("offer", { type: "offer", sdp: "theirs" })).toEqual([]);
    expect(types(give({ type: "created", description: offer }))).toEqual(["set-remote"]);
  });
});

describe("a call ends", () => {
  test("by close: says bye, closes the connection, and nothing happens after", () => {
    const { handshake, give } = end(false);
    give({ type: "negotiate" });
    expect(types(give({ type: "close" }))).toEqual([
      "send bye",
      "wake",
      "close-connection",
      "state",
    ]);
    expect(handshake.state).toBe("closed");
    expect(give({ type: "negotiate" })).toEqual([]);
  });

  test("by the other end's bye, without one of its own", () => {
    const { handshake, hear } = end(true);
    hear("offer", offer);
    expect(types(hear("bye"))).toEqual(["wake", "close-connection", "state"]);
    expect(handshake.state).toBe("closed");
  });

  test.each<[string, HandshakeInput, string]>([
    ["the time is over", { type: "wake" }, "timeout"],
    ["the engine reports failed", { type: "connection", state: "failed" }, "connection-failed"],
    [
      "the engine refuses a description",
      { type: "rejected", call: "set-remote", reason: "bad line" },
      "engine-error",
    ],
    [
      "an offer has no sdp",
      { type: "message", message: { type: "offer", data: {} } },
      "bad-message",
    ],
    [
      "an offer is an answer",
      { type: "message", message: { type: "offer", data: answer } },
      "bad-message",
    ],
    [
      "a candidate has no text",
      { type: "message", message: { type: "candidate", data: { candidate: 1 } } },
      "bad-message",
    ],
  ])("as failed when %s", (_name, input, code) => {
    const { handshake, give } = end(false);
    give({ type: "negotiate" });
    expect(give(input)).toContainEqual({ type: "failed", code, reason: expect.any(String) });
    expect(handshake.state).toBe("failed");
  });

  test("but not for one candidate that the engine cannot use", () => {
    const { handshake, give } = end(false);
    give({ type: "negotiate" });
    expect(give({ type: "rejected", call: "add-candidate", reason: "x" })).toEqual([]);
    expect(handshake.state).toBe("negotiating");
  });
});

test("the time asked for counts from the start, and is taken back once connected", () => {
  const { handshake, give } = end(false, 5000);
  expect(give({ type: "negotiate" }, 1000)).toContainEqual({ type: "wake", at: 6000 });
  expect(give({ type: "connection", state: "connected" }, 2000)).toEqual([
    { type: "wake", at: undefined },
    { type: "state", state: "connected" },
  ]);
  expect(give({ type: "wake" }, 6000)).toEqual([]);
  expect(handshake.state).toBe("connected");
});

describe("without trickling", () => {
  const gathered = { type: "offer", sdp: "offer with candidates" } as const;

  function mute(polite = false) {
    const handshake = createHandshake({ polite, trickle: false });
    const give = (input: HandshakeInput) => handshake.handle(input, 0);
    const hear = (type: "offer" | "answer", data: unknown) =>
      give({ type: "message", message: { type, data } });
    return { give, hear };
  }

  test("an offer goes out when its candidates are all there, and none is sent", () => {
    const { give, hear } = mute();
    give({ type: "negotiate" });
    expect(types(give({ type: "created", description: offer }))).toEqual(["set-local"]);
    expect(give({ type: "gathered", candidate: candidate(1) })).toEqual([]);
    expect(give({ type: "applied", side: "local" })).toEqual([]);
    // An answer to nothing.
    expect(hear("answer", answer)).toEqual([]);
    expect(give({ type: "gathered", candidate: null, description: gathered })).toEqual([
      { type: "send", message: { type: "offer", data: gathered } },
    ]);
    expect(types(hear("answer", answer))).toEqual(["set-remote"]);
  });

  test("an answer too, and what comes meanwhile waits", () => {
    const { give, hear } = mute(true);
    hear("offer", offer);
    give({ type: "applied", side: "remote" });
    give({ type: "created", description: answer });
    expect(give({ type: "applied", side: "local" })).toEqual([]);
    expect(hear("offer", { type: "offer", sdp: "second" })).toEqual([]);
    const whole = { type: "answer", sdp: "answer with candidates" } as const;
    expect(types(give({ type: "gathered", candidate: null, description: whole }))).toEqual([
      "send answer",
      "set-remote",
    ]);
  });

  test("a description goes at once when there is nothing to gather any more", () => {
    const { give } = mute();
    give({ type: "negotiate" });
    give({ type: "created", description: offer });
    expect(types(give({ type: "applied", side: "local", gathered }))).toEqual(["send offer"]);
  });
});

describe("an ICE restart", () => {
  test("that was given up for the other end's offer is done after it", () => {
    const { give, hear } = end(true);
    expect(give({ type: "negotiate", iceRestart: true })).toContainEqual({
      type: "create-offer",
      iceRestart: true,
    });
    give({ type: "created", description: offer });
    expect(types(hear("offer", { type: "offer", sdp: "theirs" }))).toEqual(["set-remote"]);
    give({ type: "applied", side: "remote" });
    give({ type: "created", description: answer });
    const after = give({ type: "applied", side: "local" });
    expect(after).toEqual([{ type: "create-offer", iceRestart: true }]);
    give({ type: "created", description: offer });
    hear("answer", answer);
    give({ type: "applied", side: "remote" });
    // Once is enough.
    expect(give({ type: "negotiate" })).toEqual([{ type: "create-offer" }]);
  });
});

describe("candidates", () => {
  test("of an offer that waits for its turn wait with it", () => {
    const { give, hear } = end(true);
    give({ type: "negotiate" });
    give({ type: "created", description: offer });
    hear("answer", answer);
    expect(hear("offer", { type: "offer", sdp: "next" })).toEqual([]);
    expect(hear("candidate", candidate(9))).toEqual([]);
    expect(types(give({ type: "applied", side: "remote" }))).toEqual(["set-remote"]);
    expect(types(give({ type: "applied", side: "remote" }))).toEqual([
      "add-candidate",
      "create-answer",
    ]);
  });

  test("of an answer count, although an offer before it was ignored", () => {
    const { give, hear } = end(false);
    give({ type: "negotiate" });
    give({ type: "created", description: offer });
    expect(hear("offer", { type: "offer", sdp: "theirs" })).toEqual([]);
    expect(hear("candidate", candidate(1))).toEqual([]);
    hear("answer", answer);
    hear("candidate", candidate(2));
    expect(give({ type: "applied", side: "remote" })).toEqual([
      { type: "add-candidate", candidate: candidate(2) },
    ]);
  });
});

describe("a call that is up", () => {
  function connected() {
    const one = end(false, 5000);
    one.give({ type: "negotiate" });
    one.give({ type: "created", description: offer });
    one.hear("answer", answer);
    one.give({ type: "applied", side: "remote" });
    one.give({ type: "connection", state: "connected" });
    return one;
  }

  test("has time for each exchange, and fails when it is not answered", () => {
    const { handshake, give } = connected();
    expect(give({ type: "negotiate" }, 10_000)).toContainEqual({ type: "wake", at: 15_000 });
    give({ type: "created", description: offer }, 10_001);
    expect(give({ type: "wake", reason: "Why not." }, 15_000)).toContainEqual({
      type: "failed",
      code: "timeout",
      reason: "The other end did not answer within 5000 ms. Why not.",
    });
    expect(handshake.state).toBe("failed");
  });

  test("takes no alarm that was taken back", () => {
    const { handshake, give } = connected();
    expect(give({ type: "wake" }, 30_000)).toEqual([]);
    expect(handshake.state).toBe("connected");
  });

  test("ends when the other end closes the connection without a word", () => {
    const { handshake, give } = connected();
    expect(types(give({ type: "connection", state: "closed" }))).toContain("close-connection");
    expect(handshake.state).toBe("closed");
  });
});
