import { describe, expect, test } from "vitest";
import { describeMerge } from "../../lib/trace/describe-merge.ts";
import { importTrace } from "../../lib/trace/import-trace.ts";
import { mergeTraces } from "../../lib/trace/merge.ts";
import { pairConnections } from "../../lib/trace/pair-connections.ts";
import { timeline } from "../../lib/trace/timeline.ts";
import type { Trace } from "../../lib/trace/trace.ts";
import { janusEvents, offer, readDump } from "../support/dump-samples.ts";
import { connectedTrace } from "../support/sample-trace.ts";

const load = (name: string): Trace => importTrace(readDump(name)).traces[0] as Trace;
const alice = load("chromium/alice.internals.json");
const bob = load("chromium/bob.internals.json");
const har = load("chromium/alice.har");

/** A trace whose machine's clock was wrong by some milliseconds. */
function late(trace: Trace, ms: number): Trace {
  const startedAt = new Date(Date.parse(trace.header.startedAt) + ms).toISOString();
  return { ...trace, header: { ...trace.header, startedAt } };
}

describe("pairConnections", () => {
  test("finds the two ends of each connection, with its evidence", () => {
    const { events } = load("chromium/call.internals.json");
    expect(pairConnections(events)).toEqual([
      {
        a: { peer: "8", pc: "8-1" },
        b: { peer: "8-2", pc: "8-2" },
        evidence: ["origin", "ufrag", "fingerprint", "candidate"],
      },
    ]);
  });

  test("pairs nothing by one certificate alone", () => {
    const set = (peer: string, method: string, sdp: string, seq: number) =>
      ({
        seq,
        t: 0,
        peer,
        pc: "1",
        kind: "call",
        call: seq,
        method,
        arguments: [{ type: "offer", sdp }],
      }) as const;
    const other = offer
      .replace("4611731400430051336", "5611731400430051337")
      .replace("4ZcD", "zzzz");
    expect(
      pairConnections([
        set("a", "setLocalDescription", offer, 1),
        set("b", "setRemoteDescription", other, 2),
      ]),
    ).toEqual([]);
    expect(
      pairConnections([
        set("a", "setLocalDescription", offer, 1),
        set("b", "setRemoteDescription", offer, 2),
      ]),
    ).toHaveLength(1);
  });
});

describe("mergeTraces", () => {
  test("brings the dumps of two browsers on one clock, both ends in the ladder", () => {
    const merged = mergeTraces([alice, bob]);
    const [, part] = merged.header.parts ?? [];
    // One machine had both browsers: its clock is its own.
    expect(Math.abs(part?.shiftMs ?? Infinity)).toBeLessThanOrEqual(part?.errorMs ?? 0);
    expect(part?.messages).toBe(6);
    const { arrows, columns } = timeline(merged).ladder;
    expect(columns.map(({ id }) => id)).toEqual(["8", "8-2"]);
    expect(arrows.map(({ type }) => type).sort()).toEqual([
      "answer",
      "candidate",
      "candidate",
      "candidate",
      "candidate",
      "offer",
    ]);
    expect(arrows.every(({ delayMs }) => (delayMs ?? -1) >= 0)).toBe(true);
  });

  test.each([312, -86_400_000, 4])("finds that a clock was %i ms off, within its error", (ms) => {
    const merged = mergeTraces([alice, late(bob, ms)]);
    const [, part] = merged.header.parts ?? [];
    expect(Math.abs((part?.shiftMs ?? 0) + ms)).toBeLessThanOrEqual(part?.errorMs ?? 0);
    expect(part?.errorMs).toBeLessThan(50);
    expect(describeMerge(merged)[0]?.code).toBe("merge/clock-shift");
    expect(merged.events.length).toBe(alice.events.length + bob.events.length);
    expect(merged.events.every((event, index) => event.seq === index + 1)).toBe(true);
    expect(
      merged.events.every(
        (event, index) => index === 0 || event.t >= (merged.events[index - 1]?.t ?? 0),
      ),
    ).toBe(true);
  });

  test("gives the same ladder in both orders", () => {
    const order = (traces: Trace[]): string[] =>
      timeline(mergeTraces(traces))
        .ladder.arrows.map(({ type, delayMs }) => `${type} ${delayMs?.toFixed(0)}`)
        .sort();
    expect(order([bob, alice])).toEqual(order([alice, bob]));
  });

  test("gives the signaling of a HAR to the page that it belongs to", () => {
    const merged = mergeTraces([alice, late(har, 5000), bob]);
    expect(merged.header.peers.map(({ id }) => id)).toEqual(["8", "8-2"]);
    expect(Math.abs((merged.header.parts?.[1]?.shiftMs ?? 0) + 5000)).toBeLessThan(10);
    const signals = merged.events.filter(({ kind }) => kind === "signal");
    expect(signals.every(({ peer, pc }) => peer === "8" && pc === "8-1")).toBe(true);
    const { arrows } = timeline(merged).ladder;
    expect(
      arrows.filter(({ fromColumn, toColumn }) => fromColumn === "8" && toColumn === "8-2"),
    ).toHaveLength(3);
    expect(merged.header.source.limits).not.toContain("no-signaling");
    expect(merged.header.source.limits).not.toContain("one-way");
  });

  test("joins a client's dump with the events of its Janus", () => {
    const merged = mergeTraces([load("janus/client.internals.json"), load("janus/server.jsonl")]);
    const { ladder } = timeline(merged);
    expect(
      ladder.arrows.map(({ fromColumn, toColumn, type }) => [fromColumn, toColumn, type]),
    ).toEqual([
      ["8", "janus", "offer"],
      ["janus", "8", "answer"],
    ]);
    const [, part] = merged.header.parts ?? [];
    expect(Math.abs(part?.shiftMs ?? Infinity)).toBeLessThanOrEqual(part?.errorMs ?? 0);
  });

  test("believes the clocks as far as messages of one direction allow", () => {
    const janus = importTrace(janusEvents).traces[0] as Trace;
    const client: Trace = {
      header: { ...alice.header, id: "client", startedAt: "2026-11-21T08:54:05.000Z" },
      events: [
        {
          seq: 1,
          t: 0,
          peer: "8",
          pc: "1",
          kind: "call",
          call: 1,
          method: "setLocalDescription",
          arguments: [{ type: "offer", sdp: offer }],
        },
        { seq: 2, t: 1, peer: "8", pc: "1", kind: "settle", call: 1 },
      ],
    };
    const merged = mergeTraces([client, janus]);
    expect(timeline(merged).ladder.arrows.find(({ type }) => type === "offer")).toMatchObject({
      fromColumn: "8",
      toColumn: "janus",
    });
    // One direction alone bounds the clock from one side.
    expect(merged.header.parts?.[1]?.errorMs).toBeUndefined();
  });

  test("keeps the peers of two recordings apart that have the same names, and their calls too", () => {
    const trace = connectedTrace();
    const merged = mergeTraces([trace, trace]);
    expect(merged.header.peers.map(({ id }) => id)).toEqual(["alice", "bob", "alice-2", "bob-2"]);
    const calls = merged.events.flatMap((event) => (event.kind === "call" ? [event.call] : []));
    expect(new Set(calls).size).toBe(calls.length);
  });

  test("says when nothing is common, and when no shift fits", () => {
    const alone = mergeTraces([alice, load("chromium/call.internals.json")]);
    expect(describeMerge(alone).map(({ code }) => code)).toEqual(["merge/nothing-common"]);
    const jumped: Trace = {
      ...bob,
      events: bob.events.map((event) =>
        event.kind === "candidate" && event.side === "remote"
          ? { ...event, t: event.t - 5000 }
          : event,
      ),
    };
    expect(describeMerge(mergeTraces([alice, jumped])).map(({ code }) => code)).toEqual([
      "merge/clock-contradiction",
    ]);
  });

  test("gives one trace back and refuses none", () => {
    expect(mergeTraces([alice])).toBe(alice);
    expect(() => mergeTraces([])).toThrow(TypeError);
  });
});
