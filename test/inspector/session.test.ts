import { afterEach, describe, expect, it, vi } from "vitest";
import { Session } from "../../inspector/session.svelte.ts";
import { localPort } from "../../inspector/source/local-port.ts";
import type { Trace } from "../../lib/index.ts";
import { writeTrace } from "../../lib/index.ts";
import { connectedTrace, earlyCandidateTrace } from "../support/sample-trace.ts";

const sessions: Session[] = [];

afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});

describe("one selection and one cursor", () => {
  it("bring the cursor to the selected event at once, and all about it a moment later", async () => {
    const session = await shown();
    session.select(25);
    expect(session.cursor).toBe(earlyCandidateTrace().events[24]?.t);
    await vi.waitFor(() => expect(session.selection?.event.seq).toBe(25));
    expect(session.covered).toContain(25);
    expect(session.covered.length).toBeGreaterThan(1);
  });

  it("go from event to event, and along one lane", async () => {
    const session = await shown();
    session.step(1);
    expect(session.selected).toBe(1);
    session.step(1);
    session.step(-1);
    expect(session.selected).toBe(1);
    const { events } = earlyCandidateTrace();
    const first = events.find((event) => event.kind === "state" && event.peer === "bob");
    session.select(first?.seq);
    session.stepOnLane(1);
    const next = events.find(({ seq }) => seq === session.selected);
    expect(next).toMatchObject({ kind: "state", machine: "signaling", peer: "bob" });
    expect(session.selected).toBeGreaterThan(first?.seq ?? 0);
  });

  it("follow an arrow to its other end and back", async () => {
    const session = await shown();
    const offer = earlyCandidateTrace().events.find(
      (event) => event.kind === "signal" && event.type === "offer",
    );
    session.select(offer?.seq);
    await vi.waitFor(() => expect(session.selection?.arrow?.type).toBe("offer"));
    const { from, to } = session.selection?.arrow ?? {};
    session.goTo("receiver");
    expect(session.selected).toBe(to);
    await vi.waitFor(() => expect(session.selection?.event.seq).toBe(to));
    session.goTo("sender");
    expect(session.selected).toBe(from);
  });

  it("go round the findings", async () => {
    const session = await shown();
    await vi.waitFor(() => expect(session.findings.length).toBeGreaterThan(1), 20_000);
    const count = session.findings.length;
    const seen: unknown[] = [];
    for (let turn = 0; turn <= count; turn++) {
      session.stepFinding(1);
      expect(session.finding?.events).toContain(session.selected);
      seen.push(session.finding);
    }
    expect(new Set(seen).size).toBe(count);
    expect(seen[count]).toBe(seen[0]);
    session.stepFinding(-1);
    expect(session.finding).toBe(seen[count - 1]);
  }, 30_000);

  it("step through what the search found only", async () => {
    const session = await shown();
    await session.search("kind:candidate peer:alice");
    expect(session.matches).toHaveLength(4);
    const { events } = earlyCandidateTrace();
    const found = events.filter(({ kind, peer }) => kind === "candidate" && peer === "alice");
    session.step(1);
    expect(session.selected).toBe(found[0]?.seq);
    session.step(1);
    expect(session.selected).toBe(found[1]?.seq);
    session.step(-1);
    expect(session.selected).toBe(found[0]?.seq);
    session.select(1);
    session.step(1);
    expect(session.selected).toBe(found[0]?.seq);
  });
});

describe("the visible time", () => {
  it("zooms around the cursor and never beyond the whole", async () => {
    const session = await shown();
    session.cursor = 20;
    session.zoom(0.5);
    const { start, end } = session.time;
    expect(start).toBeLessThan(20);
    expect(end).toBeGreaterThan(20);
    expect(end - start).toBeCloseTo((session.whole.end - session.whole.start) / 2);
    session.zoom(10);
    expect(session.window).toBeUndefined();
  });

  it("pans as far as there is time", async () => {
    const session = await shown();
    session.setWindow({ start: 10, end: 20 });
    session.pan(1);
    expect(session.time).toEqual({ start: 20, end: 30 });
    session.pan(-100);
    expect(session.time.start).toBeCloseTo(session.whole.start);
    expect(session.time.end - session.time.start).toBeCloseTo(10);
  });

  it("moves to a selected event that lies outside of it", async () => {
    const session = await shown();
    const last = earlyCandidateTrace().events.at(-1);
    session.setWindow({ start: 10, end: 20 });
    session.select(last?.seq);
    expect(session.time.end).toBeGreaterThanOrEqual(last?.t ?? 0);
  });

  it("fits the selection, then everything", async () => {
    const session = await shown();
    session.select(25);
    session.fit();
    expect(session.window).toBeDefined();
    session.fit();
    expect(session.window).toBeUndefined();
  });
});

describe("opening files", () => {
  it("shows the last of them and lists all", async () => {
    const session = create();
    await session.openFiles([file(connectedTrace()), file(earlyCandidateTrace())]);
    await vi.waitFor(() => expect(session.header?.id).toBe("room-42"));
    expect(session.entries.map(({ header }) => header.id).sort()).toEqual(["room-41", "room-42"]);
    expect(session.fault).toBeUndefined();
  });

  it("says what is wrong with one that is no trace, and keeps what is shown", async () => {
    const session = await shown();
    await session.openFiles([new File(["hello"], "notes.txt")]);
    expect(session.fault?.severity).toBe("error");
    expect(session.say("fault.not-a-trace", session.fault?.what.values)).toContain("notes.txt");
    expect(session.header?.id).toBe("room-42");
  });

  it("opens a torn recording and says which line is missing", async () => {
    const session = create();
    const whole = writeTrace(connectedTrace());
    await session.openFiles([new File([whole.slice(0, -20)], "torn.jsonl")]);
    await vi.waitFor(() =>
      expect(session.picture?.events.count).toBe(connectedTrace().events.length - 1),
    );
    expect(session.fault).toMatchObject({ severity: "warning" });
  });

  it("gives the trace back as the file that it was", async () => {
    const session = await shown();
    expect(await session.file()).toEqual({
      name: "room-42.sdpscope.jsonl",
      text: writeTrace(earlyCandidateTrace()),
    });
  });
});

describe("asking", () => {
  it("gives events whole, and rows without what is long", async () => {
    const session = await shown();
    const { events } = earlyCandidateTrace();
    const index = events.findIndex((event) => event.kind === "signal" && event.type === "offer");
    const seq = events[index]?.seq ?? 0;
    expect(await session.ask("event", { seq })).toEqual(events[index]);
    const [row] = await session.ask("rows", { indices: [index] });
    expect(JSON.stringify(row).length).toBeLessThan(600);
    expect(row?.detail).toContain("v=0");
  });

  it("gives rounds by number, and lists by windows", async () => {
    const session = await shown();
    const rounds = await session.ask("rounds", { from: 0, count: 10 });
    expect(rounds).toMatchObject({ total: 1, rows: [{ number: 1, hasAnswer: true }] });
    const round = await session.ask("round", { number: 1 });
    expect(round?.offer.description.sdp).toContain("v=0");
    const window = await session.ask("candidates", { from: 2, count: 3, peer: "bob" });
    expect(window.rows).toHaveLength(3);
    expect(window.rows.every(({ peer }) => peer === "bob")).toBe(true);
  });

  it("is refused while nothing is shown", async () => {
    await expect(create().ask("event", { seq: 1 })).rejects.toThrow();
  });
});

function create(): Session {
  const session = new Session(localPort());
  sessions.push(session);
  return session;
}

async function shown(): Promise<Session> {
  const session = create();
  session.show(earlyCandidateTrace());
  await vi.waitFor(() => expect(session.picture).toBeDefined());
  return session;
}

function file(trace: Trace): File {
  return new File([writeTrace(trace)], `${trace.header.id}.sdpscope.jsonl`);
}
