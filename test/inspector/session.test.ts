import { describe, expect, it } from "vitest";
import { Session } from "../../inspector/session.svelte.ts";
import { writeTrace } from "../../lib/index.ts";
import { connectedTrace, earlyCandidateTrace } from "../support/sample-trace.ts";

describe("one selection and one cursor", () => {
  it("bring the cursor to the selected event", () => {
    const session = shown();
    session.select(25);
    expect(session.cursor).toBe(session.selectedEvent?.t);
    expect(session.selectedItem?.covers).toContain(25);
  });

  it("go from event to event, and along one lane", () => {
    const session = shown();
    session.step(1);
    expect(session.selected).toBe(1);
    session.step(1);
    session.step(-1);
    expect(session.selected).toBe(1);
    const first = session.events.find((event) => event.kind === "state" && event.peer === "bob");
    session.select(first?.seq);
    session.stepOnLane(1);
    const next = session.selectedEvent;
    expect(next?.kind === "state" && next.machine).toBe("signaling");
    expect(next?.peer).toBe("bob");
  });

  it("follow an arrow to its other end and back", () => {
    const session = shown();
    const offer = session.timeline?.ladder.arrows.find(({ type }) => type === "offer");
    session.select(offer?.from);
    session.follow("receiver");
    expect(session.selected).toBe(offer?.to);
    session.follow("sender");
    expect(session.selected).toBe(offer?.from);
  });

  it("go round the problems", () => {
    const session = shown();
    const seen: (number | undefined)[] = [];
    for (let turn = 0; turn < 6; turn++) {
      session.stepProblem(1);
      seen.push(session.selected);
    }
    expect(new Set(seen.slice(0, 5)).size).toBe(5);
    expect(seen[5]).toBe(seen[0]);
    expect(session.tab).toBe("event");
  });

  it("step through what the search found only", () => {
    const session = shown();
    session.query = "kind:candidate peer:alice";
    session.step(1);
    session.step(1);
    expect(session.selectedEvent).toMatchObject({ kind: "candidate", peer: "alice" });
  });
});

describe("the visible time", () => {
  it("zooms around the cursor and never beyond the whole", () => {
    const session = shown();
    session.cursor = 20;
    session.zoom(0.5);
    const { start, end } = session.view;
    expect(start).toBeLessThan(20);
    expect(end).toBeGreaterThan(20);
    expect(end - start).toBeCloseTo((session.whole.end - session.whole.start) / 2);
    session.zoom(10);
    expect(session.window).toBeUndefined();
  });

  it("pans as far as there is time", () => {
    const session = shown();
    session.setWindow({ start: 10, end: 20 });
    session.pan(1);
    expect(session.view).toEqual({ start: 20, end: 30 });
    session.pan(-100);
    expect(session.view.start).toBeCloseTo(session.whole.start);
    expect(session.view.end - session.view.start).toBeCloseTo(10);
  });

  it("moves to a selected event that lies outside of it", () => {
    const session = shown();
    session.setWindow({ start: 10, end: 20 });
    session.select(session.events.at(-1)?.seq);
    expect(session.view.end).toBeGreaterThanOrEqual(session.events.at(-1)?.t ?? 0);
  });

  it("fits the selection, then everything", () => {
    const session = shown();
    session.select(25);
    session.fit();
    expect(session.window).toBeDefined();
    session.fit();
    expect(session.window).toBeUndefined();
  });
});

describe("opening files", () => {
  it("shows the last of them and lists all", async () => {
    const session = new Session();
    await session.openFiles([file(connectedTrace()), file(earlyCandidateTrace())]);
    expect(session.trace?.header.id).toBe("room-42");
    expect(session.entries.map(({ header }) => header.id).sort()).toEqual(["room-41", "room-42"]);
    expect(session.fault).toBeUndefined();
  });

  it("says what is wrong with one that is no trace, and keeps what is shown", async () => {
    const session = shown();
    await session.openFiles([new File(["hello"], "notes.txt")]);
    expect(session.fault?.severity).toBe("error");
    expect(session.say("fault.not-a-trace", session.fault?.what.values)).toContain("notes.txt");
    expect(session.trace?.header.id).toBe("room-42");
  });

  it("opens a torn recording and says which line is missing", async () => {
    const session = new Session();
    const whole = writeTrace(connectedTrace());
    await session.openFiles([new File([whole.slice(0, -20)], "torn.jsonl")]);
    expect(session.trace?.events.length).toBe(connectedTrace().events.length - 1);
    expect(session.fault).toMatchObject({ severity: "warning" });
  });

  it("gives the trace back as the file that it was", () => {
    const session = shown();
    expect(session.file()).toEqual({
      name: "room-42.sdpscope.jsonl",
      text: writeTrace(earlyCandidateTrace()),
    });
  });
});

function shown(): Session {
  const session = new Session();
  session.show(earlyCandidateTrace());
  return session;
}

function file(trace: ReturnType<typeof connectedTrace>): File {
  return new File([writeTrace(trace)], `${trace.header.id}.sdpscope.jsonl`);
}
