import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Trace, TraceEvent } from "../../lib/doors/trace.ts";
import { importTrace } from "../../lib/trace/import-trace.ts";
import { joinSignals } from "../../lib/trace/join.ts";
import { serverColumn } from "../../lib/trace/ladder.ts";
import { sliceAt } from "../../lib/trace/lanes.ts";
import { readPayload } from "../../lib/trace/payload.ts";
import { timeline } from "../../lib/trace/timeline.ts";
import { recordedTrace } from "../support/recorded-trace.ts";
import { connectedTrace, earlyCandidateTrace, longTrace } from "../support/sample-trace.ts";

const connected = timeline(connectedTrace());
const early = timeline(earlyCandidateTrace());

describe("the lanes", () => {
  it("follow every state machine of each peer in the header's order", () => {
    expect(connected.lanes.map(({ name, pc }) => `${name} ${pc}`)).toEqual(["alice 1", "bob 1"]);
    expect(states(connected, "alice", "signaling")).toEqual([
      "stable idle",
      "have-local-offer progress",
      "stable ok",
      "closed ended",
    ]);
    expect(states(connected, "bob", "dtls")).toEqual([
      "new idle",
      "connecting progress",
      "connected ok",
    ]);
    expect(states(connected, "bob", "channel")).toEqual(["connecting progress", "open ok"]);
  });

  it("do not say of a channel that it stayed closed where its states cannot be known", () => {
    const dump = "../fixtures/dumps/chromium-156.0.8078.79/call.internals.json";
    const text = readFileSync(new URL(dump, import.meta.url), "utf8");
    const channels = importTrace(text)
      .traces.flatMap((trace) => timeline(trace).lanes)
      .flatMap((group) => group.lanes.filter(({ kind }) => kind === "channel"));
    expect(channels.map(({ name, slices }) => [name, slices])).toEqual([
      ["chat", []],
      ["chat", []],
    ]);
  });

  it("show a machine that never moved in its initial state", () => {
    expect(states(early, "alice", "ice")).toEqual(["new idle"]);
    expect(states(early, "bob", "connection")).toEqual(["new idle"]);
  });

  it("say since when ICE has stalled in new although both descriptions were applied", () => {
    const [slice] = lane(early, "alice", "ice").slices;
    expect(slice?.stalledFrom).toBeCloseTo(48.7);
    expect(lane(connected, "alice", "ice").slices.some((one) => "stalledFrom" in one)).toBe(false);
  });

  it("draw calls from start to settlement and tell refused ones", () => {
    const calls = lane(early, "bob", "calls").slices;
    expect(calls.map(({ label, tone }) => `${label} ${tone}`)).toEqual([
      ...Array.from({ length: 4 }, () => "addIceCandidate failed"),
      "setRemoteDescription ok",
      "createAnswer ok",
      "setLocalDescription ok",
    ]);
    expect(calls[0]?.error?.name).toBe("InvalidStateError");
    expect(calls[4]?.end).toBeCloseTo(32.4);
  });

  it("mark candidates by type, refused ones and gathering errors by what they are", () => {
    const alice = lane(early, "alice", "candidates").marks;
    expect(alice.map(({ shape }) => shape)).toEqual(["host", "host", "srflx", "relay"]);
    const bob = lane(early, "bob", "candidates").marks;
    expect(bob.map(({ shape, isRefused }) => `${shape} ${isRefused}`)).toEqual([
      "host true",
      "host true",
      "srflx true",
      "relay true",
      "error false",
    ]);
  });

  it("name the selected pair by the types of its ends", () => {
    expect(states(connected, "alice", "pair")).toEqual(["host ⇄ host ok"]);
  });

  it("leave a call open that never ended", () => {
    const trace = of(
      { kind: "call", call: 1, method: "createOffer", arguments: [] },
      { kind: "alive" },
    );
    const slice = lane(timeline(trace), "a", "calls").slices[0];
    expect(slice).toMatchObject({ isOpen: true, tone: "progress", start: 1, end: 2 });
  });

  it("give each channel its own lane with its label", () => {
    const trace = of(
      { kind: "channel", id: "1", label: "chat", side: "local" },
      { kind: "channel", id: "2", label: "files", side: "local" },
      { kind: "state", machine: "channel", id: "2", from: "connecting", to: "open" },
    );
    const channels = timeline(trace).lanes[0]?.lanes.filter(({ kind }) => kind === "channel");
    expect(channels?.map(({ name, slices }) => [name, slices.map(({ label }) => label)])).toEqual([
      ["chat", ["connecting"]],
      ["files", ["connecting", "open"]],
    ]);
  });

  it("give the state at a time", () => {
    const ice = lane(connected, "alice", "ice");
    expect(sliceAt(ice, 0)).toBeUndefined();
    expect(sliceAt(ice, 20)?.label).toBe("new");
    expect(sliceAt(ice, 60)?.label).toBe("checking");
    expect(sliceAt(ice, 3000)?.label).toBe("connected");
    expect(sliceAt(ice, 99_999)?.label).toBe("closed");
  });
});

describe("the ladder", () => {
  it("has one column a peer and the signaling server in the middle", () => {
    expect(early.ladder.columns.map(({ id, name }) => `${id}:${name}`)).toEqual([
      "alice:alice",
      `${serverColumn}:ws`,
      "bob:bob",
    ]);
  });

  it("has no server column when nothing carried the messages", () => {
    const trace = of({ kind: "signal", direction: "out", transport: "memory", type: "x", data: 1 });
    expect(timeline(trace).ladder.columns.map(({ kind }) => kind)).toEqual(["peer"]);
    expect(timeline(trace).ladder.arrows).toEqual([]);
  });

  it("joins both ends of a message with its delay and size", () => {
    const offer = arrow(early, "offer");
    expect(offer).toMatchObject({
      fromColumn: "alice",
      toColumn: "bob",
      viaServer: true,
      outcome: "received",
      message: 12,
      isRefused: false,
    });
    expect(offer?.delayMs).toBeCloseTo(5.9);
    expect(offer?.size).toBeGreaterThan(1000);
  });

  it("marks a candidate that arrived and was refused", () => {
    const candidates = early.ladder.arrows.filter(({ type }) => type === "candidate");
    expect(candidates.map(({ isRefused }) => isRefused)).toEqual([true, true, true, true]);
    expect(candidates.map(({ candidate }) => candidate?.candidate?.type)).toEqual([
      "host",
      "host",
      "srflx",
      "relay",
    ]);
  });

  it("ends a message to or from the server at the server", () => {
    expect(arrow(early, "join")).toMatchObject({ fromColumn: "alice", toColumn: serverColumn });
    expect(arrow(early, "welcome")).toMatchObject({ fromColumn: serverColumn, toColumn: "alice" });
  });

  it("folds a candidate, its message, its call and its end into one item a side", () => {
    const items = connected.ladder.items.filter(({ candidate }) => candidate);
    const aliceHost = items.filter(
      ({ column, candidate }) => column === "alice" && candidate?.side === "local",
    );
    expect(aliceHost.map(({ event, covers }) => `${event.kind} ${covers.length}`)).toEqual(
      Array.from({ length: 4 }, () => "signal 2"),
    );
    const bobRemote = items.filter(
      ({ column, candidate }) => column === "bob" && candidate?.side === "remote",
    );
    expect(bobRemote.map(({ event, covers }) => `${event.kind} ${covers.length}`)).toEqual(
      Array.from({ length: 4 }, () => "signal 4"),
    );
  });

  it("shows every event but statistics and signs of life in exactly one item", () => {
    for (const trace of [connectedTrace(), earlyCandidateTrace()]) {
      const covered = timeline(trace).ladder.items.flatMap(({ covers }) => covers);
      const expected = trace.events
        .filter(({ kind }) => kind !== "stats" && kind !== "alive")
        .map(({ seq }) => seq);
      expect(covered.toSorted((a, b) => a - b)).toEqual(expected);
    }
  });

  it("keeps events of a kind it does not know", () => {
    const trace = of({ kind: "from-the-future", what: 1 } as never);
    expect(timeline(trace).ladder.items.map(({ event }) => event.kind)).toEqual([
      "from-the-future",
    ]);
  });
});

describe("joining signaling messages", () => {
  const description = { type: "offer", sdp: "v=0\r\n" };

  it("says that a description nobody received is lost", () => {
    const trace = room([
      ["a", "out", 1, description],
      ["b", "in", undefined, { type: "welcome" }],
    ]);
    expect(outcomes(trace)).toEqual(["lost", "unrecorded"]);
  });

  it("says that a young message is on its way while the recording goes on", () => {
    const trace = room([
      ["a", "out", 1, description],
      ["b", "in", undefined, { type: "welcome" }],
    ]);
    const live = { ...trace, events: trace.events.filter(({ kind }) => kind !== "end") };
    expect(outcomes(live)).toEqual(["in-flight", "unrecorded"]);
  });

  it("does not call a message lost when nobody else was recorded", () => {
    expect(outcomes(room([["a", "out", 1, description]]))).toEqual(["unrecorded"]);
  });

  it("joins by what a message says when the channel carries no number", () => {
    const trace = room([
      ["a", "out", undefined, { sdp: description }],
      ["b", "in", undefined, JSON.stringify({ sdp: description })],
    ]);
    expect(outcomes(trace)).toEqual(["received"]);
  });

  it("gives one delivery for every receiver of a message", () => {
    const trace = room([
      ["a", "out", 1, description],
      ["b", "in", 1, description],
      ["c", "in", 1, description],
    ]);
    expect(
      joinSignals(trace).map(({ sent, received }) => `${sent?.peer}→${received?.peer}`),
    ).toEqual(["a→b", "a→c"]);
  });

  it("tells peers apart that use the same numbers", () => {
    const other = { type: "offer", sdp: "v=0\r\ns=other\r\n" };
    const trace = room([
      ["a", "out", 1, description],
      ["b", "out", 1, other],
      ["c", "in", 1, other],
      ["c", "in", 1, description],
    ]);
    expect(joinSignals(trace).map(({ sent }) => sent?.peer)).toEqual(["b", "a"]);
  });

  it("stays quick for a hundred thousand equal messages", () => {
    const messages = Array.from(
      { length: 100_000 },
      (_, index) =>
        [
          index % 2 === 0 ? "a" : "b",
          index % 2 === 0 ? "out" : "in",
          undefined,
          { candidate: null },
        ] as const,
    );
    expect(joinSignals(room(messages)).length).toBe(50_000);
  });
});

describe("reading a message's payload", () => {
  it.each([
    [{ type: "offer", sdp: "v=0" }, "description"],
    ['{"type":"answer","sdp":"v=0"}', "description"],
    [{ sdp: { type: "offer", sdp: "v=0" } }, "description"],
    [{ type: "offer", to: "m2", data: { type: "offer", sdp: "v=0" } }, "description"],
    [{ candidate: "candidate:1 1 udp 1 10.0.0.1 9 typ host", sdpMid: "0" }, "candidate"],
    [{ candidate: { candidate: "candidate:1 1 udp 1 10.0.0.1 9 typ host" } }, "candidate"],
    [{ candidate: null }, "candidate"],
    [{ type: "candidate", to: "m2", data: null }, "candidate"],
    [{ type: "welcome" }, "other"],
    ["VP8|-|-|opus", "other"],
    [null, "other"],
    [
      { data: { data: { data: { data: { data: { data: { type: "offer", sdp: "" } } } } } } },
      "other",
    ],
  ])("%j is %s", (data, kind) => {
    expect(readPayload(data).kind).toBe(kind);
  });
});

describe("the tables", () => {
  it("pair calls with their ends", () => {
    const offer = early.calls.find(({ method }) => method === "createOffer");
    expect(offer?.durationMs).toBeCloseTo(3.4);
  });

  it("give a remote candidate and its call one row, and a refused one a row of its own", () => {
    const remote = connected.candidates.filter(
      ({ side, peer }) => side === "remote" && peer === "bob",
    );
    expect(remote).toHaveLength(4);
    expect(remote.every(({ call }) => call?.method === "addIceCandidate")).toBe(true);
    const refused = early.candidates.filter(({ refusal }) => refusal);
    expect(refused.map(({ candidate }) => candidate?.type)).toEqual([
      "host",
      "host",
      "srflx",
      "relay",
    ]);
  });

  it("follow an offer and its answer through creation, local use, sending and arrival", () => {
    expect(early.rounds).toHaveLength(1);
    const [round] = early.rounds;
    expect(round?.offer.peer).toBe("alice");
    expect(round?.offer.steps.map(({ step, peer }) => `${peer} ${step}`)).toEqual([
      "alice created",
      "alice set-local",
      "alice sent",
      "bob received",
      "bob set-remote",
    ]);
    expect(round?.answer?.peer).toBe("bob");
    expect(round?.answer?.steps.map(({ step, peer }) => `${peer} ${step}`)).toEqual([
      "bob created",
      "bob set-local",
      "bob sent",
      "alice received",
      "alice set-remote",
    ]);
  });

  it("count a second offer of the same text as a new round", () => {
    const offer = { type: "offer", sdp: "v=0\r\n" };
    const answer = { type: "answer", sdp: "v=0\r\ns=-\r\n" };
    const call = (number: number, method: string, given: unknown): Partial<TraceEvent> =>
      ({ kind: "call", call: number, method, arguments: [given] }) as Partial<TraceEvent>;
    const trace = of(
      call(1, "setLocalDescription", offer),
      call(2, "setRemoteDescription", answer),
      call(3, "setLocalDescription", offer),
      call(4, "setRemoteDescription", answer),
    );
    expect(
      timeline(trace).rounds.map(({ number, answer: given }) => [number, given?.steps.length]),
    ).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  it("keep a munged offer in the round of the one that was created", () => {
    const made = { type: "offer", sdp: "v=0\r\n" };
    const munged = { type: "offer", sdp: "v=0\r\ns=munged\r\n" };
    const trace = of(
      { kind: "call", call: 1, method: "createOffer", arguments: [] },
      { kind: "settle", call: 1, result: made },
      { kind: "call", call: 2, method: "setLocalDescription", arguments: [munged] },
    );
    const { rounds } = timeline(trace);
    expect(rounds).toHaveLength(1);
    expect(rounds[0]?.offer.description.sdp).toBe(munged.sdp);
    expect(rounds[0]?.offer.steps.map(({ step }) => step)).toEqual(["created", "set-local"]);
  });

  it("keep an offer that was altered on its way in one round with its answer", () => {
    const { rounds } = timeline(recordedTrace("munged"));
    expect(rounds).toHaveLength(1);
    expect(rounds[0]?.offer.steps.map(({ step, peer }) => `${peer} ${step}`)).toEqual([
      "alice created",
      "alice set-local",
      "alice sent",
      "bob received",
      "bob set-remote",
    ]);
    expect(rounds[0]?.answer?.steps.at(-1)?.step).toBe("set-remote");
    const [sent, received] = rounds[0]?.offer.steps.slice(2) ?? [];
    expect(received?.description.sdp).not.toBe(sent?.description.sdp);
  });
});

describe("the timeline", () => {
  it("of an empty trace is empty", () => {
    const empty = timeline({ ...connectedTrace(), events: [] });
    expect(empty).toMatchObject({
      start: 0,
      end: 0,
      lanes: [],
      calls: [],
      candidates: [],
      rounds: [],
    });
    expect(empty.ladder).toEqual({ columns: [], items: [], arrows: [] });
  });

  it("takes twenty thousand events", () => {
    const long = timeline(longTrace(20_000));
    expect(lane(long, "alice", "candidates").marks.length).toBeGreaterThan(20_000);
  });
});

function lane(of: ReturnType<typeof timeline>, peer: string, kind: string) {
  const found = of.lanes
    .find((group) => group.peer === peer)
    ?.lanes.find((candidate) => candidate.kind === kind);
  if (!found) throw new Error(`No lane ${kind} of ${peer}.`);
  return found;
}

function states(of: ReturnType<typeof timeline>, peer: string, kind: string): string[] {
  return lane(of, peer, kind).slices.map(({ label, tone }) => `${label} ${tone}`);
}

function arrow(of: ReturnType<typeof timeline>, type: string) {
  return of.ladder.arrows.find((candidate) => candidate.type === type);
}

function of(...events: readonly Partial<TraceEvent>[]): Trace {
  return {
    header: { ...connectedTrace().header, peers: [{ id: "a" }] },
    events: events.map(
      (event, index) =>
        ({ seq: index + 1, t: index + 1, peer: "a", pc: "1", ...event }) as TraceEvent,
    ),
  };
}

function room(
  messages: readonly (readonly [string, "out" | "in", number | undefined, unknown])[],
): Trace {
  const events = messages.map(([peer, direction, message, data]) => ({
    peer,
    direction,
    kind: "signal" as const,
    transport: "ws",
    type: "message",
    data,
    ...(message !== undefined && { message }),
  }));
  const trace = of(...events, { kind: "end", reason: "closed" });
  return trace;
}

function outcomes(trace: Trace): string[] {
  return joinSignals(trace).map(({ outcome }) => outcome);
}
