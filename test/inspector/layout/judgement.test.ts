import { describe, expect, it } from "vitest";
import type { Key } from "../../../inspector/layout/keys.ts";
import { keyAction } from "../../../inspector/layout/keys.ts";
import { verdictOf } from "../../../inspector/layout/verdict.ts";
import type { Trace, TraceEvent } from "../../../lib/index.ts";
import { timeline } from "../../../lib/index.ts";
import { connectedTrace, earlyCandidateTrace } from "../../support/sample-trace.ts";

describe("the verdict", () => {
  it("says that a call connected and was closed, and for how long it was up", () => {
    const verdict = verdictOf(timeline(connectedTrace()), false);
    expect(verdict.kind).toBe("closed");
    if (verdict.kind !== "closed") return;
    expect(verdict.after).toBeCloseTo(83.2);
    expect(verdict.for).toBeCloseTo(4167.2, 0);
  });

  it("says connected while it lasts", () => {
    expect(verdictOf(timeline(until(connectedTrace(), 2000)), true).kind).toBe("connected");
  });

  it("says connecting while the recording goes on, and never connected when it stopped there", () => {
    const half = timeline(until(connectedTrace(), 60));
    expect(verdictOf(half, true).kind).toBe("connecting");
    expect(verdictOf(half, false).kind).toBe("unconnected");
  });

  it("sees ICE that never started, which no engine reports", () => {
    const verdict = verdictOf(timeline(earlyCandidateTrace()), false);
    expect(verdict).toMatchObject({ kind: "stalled", peers: ["alice", "bob"] });
  });

  it("names the peers at which the connection failed", () => {
    const trace = withEvent(until(connectedTrace(), 60), {
      peer: "bob",
      pc: "1",
      kind: "state",
      machine: "connection",
      from: "connecting",
      to: "failed",
    });
    expect(verdictOf(timeline(trace), false)).toMatchObject({ kind: "failed", peers: ["bob"] });
  });

  it("of nothing is empty", () => {
    expect(verdictOf(timeline(until(connectedTrace(), -1)), true).kind).toBe("empty");
  });
});

describe("the keys", () => {
  it("go by their place, so that a Korean input method does not matter", () => {
    expect(keyAction(key("KeyW", { key: "ㅈ" }))).toBe("zoom-in");
    expect(keyAction(key("KeyJ", { key: "Process" }))).toBe("next");
    expect(keyAction(key("Digit3"))).toEqual({ view: 3 });
  });

  it("do nothing while a syllable is composed, in a text field or with the browser's modifiers", () => {
    expect(keyAction(key("KeyW", { isComposing: true }))).toBeUndefined();
    expect(keyAction(key("KeyW", { target: document.createElement("input") }))).toBeUndefined();
    expect(keyAction(key("KeyW", { ctrlKey: true }))).toBeUndefined();
    expect(keyAction(key("KeyK", { ctrlKey: true }))).toBe("palette");
  });

  it("leave a control the keys it has its own use for", () => {
    const button = document.createElement("button");
    expect(keyAction(key("Space", { target: button }))).toBeUndefined();
    expect(keyAction(key("KeyJ", { target: button }))).toBe("next");
    const slider = document.createElement("span");
    slider.setAttribute("role", "slider");
    expect(keyAction(key("ArrowDown", { target: slider }))).toBeUndefined();
  });

  it("tell shifted keys apart", () => {
    expect(keyAction(key("Slash", { shiftKey: true }))).toBe("help");
    expect(keyAction(key("KeyN", { shiftKey: true }))).toBe("previous-finding");
    expect(keyAction(key("Digit3", { shiftKey: true }))).toEqual({ tab: 3 });
  });
});

function key(code: string, more: Partial<Key> = {}): Key {
  return {
    code,
    key: "",
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    target: null,
    ...more,
  };
}

function until({ header, events }: Trace, t: number): Trace {
  return { header, events: events.filter((event) => event.t <= t) };
}

function withEvent(trace: Trace, event: object): Trace {
  const last = trace.events.at(-1);
  const added = { seq: (last?.seq ?? 0) + 1, t: (last?.t ?? 0) + 1, ...event } as TraceEvent;
  return { header: trace.header, events: [...trace.events, added] };
}
