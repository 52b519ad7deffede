import { describe, expect, it } from "vitest";
import { paintPicture } from "../../../inspector/source/paint-picture.ts";
import { createSheet, extendSheet } from "../../../inspector/source/sheet.ts";
import type { Trace, TraceEvent } from "../../../lib/index.ts";
import { connectedTrace, earlyCandidateTrace } from "../../support/sample-trace.ts";

describe("a sheet of a session that goes on", () => {
  // Connected, before anything is closed.
  const { header, events } = connectedTrace();
  const connected: Trace = { header, events: events.filter(({ t }) => t < 1000) };
  const sheet = createSheet(connected);

  it("is the same as one worked out anew when nothing but statistics came", () => {
    const grown = more(connected, [
      { peer: "alice", pc: "1", kind: "stats", report: {} },
      { peer: "bob", pc: "1", kind: "stats", report: {} },
      { kind: "alive" },
    ]);
    const extended = extendSheet(sheet, grown);
    expect(extended?.count).toBe(connected.events.length + 3);
    expect(extended && paintPicture(extended, 1, true)).toEqual(
      paintPicture(createSheet(grown), 1, true),
    );
    expect(extended?.itemOf).toBe(sheet.itemOf);
  });

  it("is worked out anew when more came", () => {
    for (const event of [
      { peer: "alice", pc: "1", kind: "note", text: "x" },
      { peer: "alice", pc: "1", kind: "state", machine: "ice", to: "failed" },
      { peer: "carol", pc: "1", kind: "stats", report: {} },
    ]) {
      expect(extendSheet(sheet, more(connected, [event]))).toBeUndefined();
    }
  });

  it("is worked out anew where time alone changes what is said", () => {
    const early = earlyCandidateTrace();
    const young: Trace = { ...early, events: early.events.filter(({ t }) => t < 100) };
    const grown = more(young, [{ kind: "alive" }]);
    expect(extendSheet(createSheet(young), grown)).toBeUndefined();
  });
});

function more({ header, events }: Trace, added: readonly object[]): Trace {
  const last = events.at(-1);
  const list = added.map((event, index) => ({
    seq: (last?.seq ?? 0) + 1 + index,
    t: (last?.t ?? 0) + 1000 * (index + 1),
    ...event,
  }));
  return { header, events: [...events, ...(list as TraceEvent[])] };
}
