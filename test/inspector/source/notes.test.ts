import { describe, expect, it } from "vitest";
import { exportTrace } from "../../../inspector/source/export-trace.ts";
import { liftNotes, readNotes, setNote, withNotes } from "../../../inspector/source/notes.ts";
import { diagnoseSession, readTrace, writeTrace } from "../../../lib/index.ts";
import { earlyCandidateTrace } from "../../support/sample-trace.ts";

const trace = earlyCandidateTrace();
const notes = [
  { seq: 2, text: "" },
  { seq: 25, text: "the answer waits for\na login" },
];

describe("notes in a trace", () => {
  it("stand behind their events, as valid events of the same peer and time", () => {
    const noted = withNotes(trace, notes);
    const { trace: read, diagnostics } = readTrace(writeTrace(noted));
    expect(diagnostics).toEqual([]);
    expect(read.events.map(({ seq }) => seq)).toEqual(read.events.map((_, index) => index + 1));
    const { t, peer } = trace.events[24] ?? {};
    expect(read.events[26]).toMatchObject({
      seq: 27,
      t,
      peer,
      kind: "note",
      text: "the answer waits for\na login",
      by: "reader",
    });
    expect(diagnoseSession(read).findings.map(({ code }) => code)).toEqual(
      diagnoseSession(trace).findings.map(({ code }) => code),
    );
  });

  it("come out again, and leave the trace as it was recorded", () => {
    const { trace: lifted, notes: found } = liftNotes(withNotes(trace, notes));
    expect(lifted).toEqual(trace);
    expect(found).toEqual(notes);
    expect(liftNotes(trace)).toEqual({ trace, notes: [] });
  });

  it("that were recorded stay where they are", () => {
    const recorded = {
      ...trace,
      events: trace.events.map((event) =>
        event.seq === 4
          ? { seq: 4, t: event.t, kind: "note" as const, text: "from the page" }
          : event,
      ),
    };
    expect(liftNotes(recorded).notes).toEqual([]);
    expect(liftNotes(withNotes(recorded, notes)).trace).toEqual(recorded);
  });

  it("are redacted like other free text, and still are a reader's", () => {
    const address = /candidate:\S+ \d \w+ \d+ (\S+)/.exec(JSON.stringify(trace))?.[1] ?? "";
    expect(address).not.toBe("");
    const { text, leaks } = exportTrace(trace, {
      format: "trace",
      isRedacted: true,
      lang: "en",
      notes: [{ seq: 3, text: `look at ${address}` }],
    });
    expect(text).not.toContain(address);
    expect(leaks).toBe(0);
    const { notes: found } = liftNotes(readTrace(text).trace);
    expect(found).toHaveLength(1);
    expect(found[0]?.text).toMatch(/^look at \S+$/);
  });

  it("go into the ladder's texts", () => {
    const { text } = exportTrace(trace, { format: "text", isRedacted: false, lang: "en", notes });
    expect(text).toContain("the answer waits for");
  });

  it("of a hostile file are taken as they are, up to a number", () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({
      seq: index + 2,
      t: 0,
      kind: "note" as const,
      text: "x".repeat(5000),
      by: "reader" as const,
    }));
    const first = { seq: 1, t: 0, kind: "alive" as const };
    const { trace: rest, notes: found } = liftNotes({ ...trace, events: [first, ...many] });
    expect(found).toHaveLength(1);
    expect(rest.events).toHaveLength(4001);
  });
});

describe("kept notes", () => {
  it("are changed, added in the order of the events, and taken away", () => {
    const one = setNote([], 9, "nine");
    const two = setNote(one, 3, "");
    expect(two).toEqual([
      { seq: 3, text: "" },
      { seq: 9, text: "nine" },
    ]);
    expect(setNote(two, 9, "9")[1]?.text).toBe("9");
    expect(setNote(two, 3, undefined)).toEqual(one);
  });

  it.each([
    [null, undefined],
    ["{", undefined],
    ['{"seq":1}', undefined],
    ["[]", []],
    ['[null,{"seq":"1","text":""},{"seq":1},{"seq":2,"text":"b"}]', [{ seq: 2, text: "b" }]],
  ])("are read from %s", (kept, read) => {
    expect(readNotes(kept)).toEqual(read);
  });
});
