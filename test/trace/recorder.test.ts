import { describe, expect, test } from "vitest";
import type { TraceEvent } from "../../lib/trace/event.ts";
import { readTrace, writeTrace } from "../../lib/trace/file.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";

const START = Date.UTC(2026, 10, 21, 3) + 0.25;

function clock(): { now: () => number; advance: (ms: number) => void } {
  let time = START;
  return { now: () => time, advance: (ms) => (time += ms) };
}

describe("a recorder", () => {
  test("numbers events and counts their time from the header's start", () => {
    const { now, advance } = clock();
    const recorder = createRecorder({ now });
    expect(recorder.header).toMatchObject({
      id: "2026-11-21T03-00-00.000Z",
      startedAt: "2026-11-21T03:00:00.000Z",
      clock: "monotonic",
      source: { format: "recorder" },
    });
    recorder.record({ kind: "note", text: "a" });
    advance(1.5);
    recorder.record({ kind: "note", text: "b" });
    expect(recorder.trace.events).toEqual([
      { seq: 1, t: 0.25, kind: "note", text: "a" },
      { seq: 2, t: 1.75, kind: "note", text: "b" },
    ]);
  });

  test("tells subscribers each event from then on, in order, until they leave", () => {
    const recorder = createRecorder({ now: clock().now });
    recorder.record({ kind: "alive" });
    const seen: number[] = [];
    const leave = recorder.subscribe((event) => seen.push(event.seq));
    recorder.record({ kind: "alive" });
    recorder.record({ kind: "alive" });
    leave();
    recorder.record({ kind: "alive" });
    expect(seen).toEqual([2, 3]);
  });

  test("survives a subscriber that throws, says so, and still tells the others", () => {
    const recorder = createRecorder({ now: clock().now });
    const seen: TraceEvent[] = [];
    recorder.subscribe(() => {
      throw new Error("disk full");
    });
    recorder.subscribe((event) => seen.push(event));
    recorder.record({ kind: "alive" });
    recorder.record({ kind: "alive" });
    expect(seen.map((event) => event.kind)).toEqual(["alive", "note", "alive"]);
    expect(seen[1]).toMatchObject({ text: expect.stringContaining("disk full") });
  });

  test("writes what readTrace reads without a remark", () => {
    const recorder = createRecorder({ now: clock().now, id: "x", peers: [{ id: "alice" }] });
    const call = recorder.nextCall();
    recorder.record({
      kind: "call",
      peer: "alice",
      pc: "1",
      call,
      method: "createOffer",
      arguments: [],
    });
    recorder.record({
      kind: "settle",
      peer: "alice",
      pc: "1",
      call,
      result: { type: "offer", sdp: "v=0\r\n" },
    });
    recorder.record({ kind: "candidate", peer: "alice", side: "local", candidate: null });
    recorder.record({ kind: "end", reason: "closed" });
    const { trace, diagnostics } = readTrace(writeTrace(recorder.trace));
    expect(diagnostics).toEqual([]);
    expect(trace).toEqual(recorder.trace);
  });

  test.each(["", "../etc", "a/b", ".hidden", "a".repeat(129)])("refuses the id %j", (id) => {
    expect(() => createRecorder({ now: clock().now, id })).toThrow(TypeError);
  });
});
