import { describe, expect, it } from "vitest";
import { parseQuery } from "../../../inspector/layout/query.ts";
import en from "../../../inspector/messages/en.json" with { type: "json" };
import { answers } from "../../../inspector/source/answers.ts";
import { createSheet } from "../../../inspector/source/sheet.ts";
import type { TraceEvent } from "../../../lib/index.ts";
import { connectedTrace, earlyCandidateTrace } from "../../support/sample-trace.ts";

const trace = earlyCandidateTrace();
const sheet = createSheet(trace);

function found(query: string, of = sheet): readonly TraceEvent[] {
  const matches = answers.matches(of, { query });
  if ("problem" in matches) throw new Error(`${query}: ${matches.problem}`);
  return [...matches].map((index) => of.trace.events[index] as TraceEvent);
}

function find(query: string): number {
  return found(query).length;
}

describe("the search", () => {
  it("takes words from anywhere in an event, in any case", () => {
    expect(find("InvalidStateError")).toBe(4);
    expect(find("invalidstateerror")).toBe(4);
  });

  it("takes fields, together and negated", () => {
    expect(find("kind:candidate peer:alice")).toBe(4);
    expect(find("kind:call method:addice")).toBe(4);
    expect(find("kind:candidate -peer:alice")).toBe(1);
    expect(find("machine:signaling state:have")).toBe(2);
  });

  it("finds everything when it is empty, and nothing for nonsense", () => {
    for (const query of ["", "-", "or", " | or "]) expect(find(query)).toBe(trace.events.length);
    expect(find("there-is-no-such-thing")).toBe(0);
  });

  it("takes alternatives, which bind less than a space", () => {
    const either = find("kind:candidate") + find("kind:settle");
    for (const query of [
      "kind:candidate or kind:settle",
      "kind:candidate OR kind:settle",
      "kind:candidate | kind:settle",
      "kind:candidate|kind:settle",
    ]) {
      expect(find(query)).toBe(either);
    }
    expect(find("peer:alice kind:candidate or peer:bob kind:call")).toBe(
      find("peer:alice kind:candidate") + find("peer:bob kind:call"),
    );
    expect(find("kind:candidate or")).toBe(find("kind:candidate"));
  });

  it("compares times, in the unit that is said", () => {
    const [first, ...others] = found("time>=1s");
    expect(first?.t).toBeGreaterThanOrEqual(1000);
    expect(others.length + 1).toBe(trace.events.filter(({ t }) => t >= 1000).length);
    expect(find("time>1000ms")).toBe(trace.events.filter(({ t }) => t > 1000).length);
    expect(find("time<0.001m")).toBe(trace.events.filter(({ t }) => t < 60).length);
    expect(find("time>=1s or -time>=1s")).toBe(trace.events.length);
  });

  it("compares how long a call took, at both its ends", () => {
    const long = sheet.timeline.calls.filter(({ durationMs = 0 }) => durationMs > 1);
    expect(long.length).toBeGreaterThan(0);
    expect(found("duration>1ms").map(({ seq }) => seq)).toEqual(
      long.flatMap(({ begin, settle }) => [begin.seq, settle?.seq ?? 0]).sort((a, b) => a - b),
    );
  });

  it("compares how long a message was on its way, and its size", () => {
    const connected = createSheet(connectedTrace());
    const arrows = connected.timeline.ladder.arrows.filter(({ isInferred }) => !isInferred);
    const slow = arrows.filter(({ delayMs = 0 }) => delayMs >= 5);
    const late = new Set(found("delay>=5ms", connected).map(({ seq }) => seq));
    expect(slow.length).toBeGreaterThan(0);
    expect(slow.every(({ from = 0, to = 0 }) => late.has(from) && late.has(to))).toBe(true);
    expect(late.size).toBe(slow.length * 2);
    const large = arrows.filter(({ size }) => size > 1000).length;
    expect(large).toBeGreaterThan(0);
    expect(found("kind:signal size>1kB", connected)).toHaveLength(large * 2);
    expect(found("kind:signal size>1000", connected)).toHaveLength(large * 2);
    expect(found("kind:state size>0", connected)).toEqual([]);
  });

  it("compares the number of an event, and still takes a part of it", () => {
    expect(find("seq<=3")).toBe(3);
    expect(find("seq:1")).toBe(trace.events.filter(({ seq }) => String(seq).includes("1")).length);
  });

  it.each([
    ["time>2.5", { problem: "time", field: "time" }],
    ["duration>", { problem: "time", field: "duration" }],
    ["kind:call delay>1h", { problem: "time", field: "delay" }],
    ["size>10s", { problem: "size", field: "size" }],
    ["-SIZE>=much", { problem: "size", field: "size" }],
    ["seq>a", { problem: "number", field: "seq" }],
    ["kind>3 or peer:bob", { problem: "word", field: "kind" }],
  ])("says of %s what its field wants", (query, problem) => {
    expect(answers.matches(sheet, { query })).toEqual(problem);
    expect(en).toHaveProperty([`search.problem.${problem.problem}`]);
  });

  it("leaves alone what only looks like a comparison", () => {
    expect(parseQuery("a=>b x>5 <script> c:d")).toEqual([
      [
        { text: "a=>b", isNegated: false },
        { text: "x>5", isNegated: false },
        { text: "<script>", isNegated: false },
        { text: "c:d", isNegated: false },
      ],
    ]);
  });
});
