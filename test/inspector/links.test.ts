import { afterEach, describe, expect, it, vi } from "vitest";
import { Session } from "../../inspector/session.svelte.ts";
import { readPlaceFragment } from "../../inspector/source/fragment.ts";
import { localPort } from "../../inspector/source/local-port.ts";
import { connectedTrace, earlyCandidateTrace } from "../support/sample-trace.ts";

const sessions: Session[] = [];
const id = earlyCandidateTrace().header.id;

afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});

describe("a link", () => {
  it("brings back the event, the time in view, the view and the tab, once its trace is here", async () => {
    const session = create();
    session.followLink(`#trace=${id}&event=25&range=10_60&view=table&tab=raw`);
    session.show(earlyCandidateTrace());
    await vi.waitFor(() => expect(session.selected).toBe(25));
    expect(session.window).toEqual({ start: 10, end: 60 });
    expect([session.view, session.tab, session.isDrawerOpen]).toEqual(["table", "raw", true]);
    expect(session.fault).toBeUndefined();
  });

  it("chooses its trace among others", async () => {
    const session = create();
    session.show(earlyCandidateTrace());
    session.show(connectedTrace());
    await vi.waitFor(() => expect(session.header?.id).toBe(connectedTrace().header.id));
    session.followLink(`#trace=${id}&event=3`);
    await vi.waitFor(() => expect(session.header?.id).toBe(id));
    expect(session.selected).toBe(3);
  });

  it("is made from what is shown", async () => {
    const session = await shown();
    session.view = "ladder";
    session.tab = "sdp";
    session.select(7);
    session.setWindow({ start: 5, end: 50 });
    await session.copyLink();
    const place = readPlaceFragment(window.location.hash);
    expect(place).toEqual({
      trace: id,
      event: 7,
      range: { start: 5, end: 50 },
      view: "ladder",
      tab: "sdp",
    });
    expect(session.notice).toMatch(/^link\./);
  });

  it("to an event that there is not says so, and shows the rest", async () => {
    const session = await shown();
    session.followLink(`#trace=${id}&event=4000&range=10_60`);
    await vi.waitFor(() => expect(session.fault?.what.word).toBe("fault.link.event"), 5000);
    expect(session.fault?.what.values).toMatchObject({ seq: 4000, trace: id });
    expect(session.selected).toBeUndefined();
    expect(session.window).toEqual({ start: 10, end: 60 });
  });

  it("to a trace that is not here says so, and is followed when the trace comes", async () => {
    const session = create();
    session.followLink(`#trace=${id}&event=3`);
    await vi.waitFor(() => expect(session.fault?.what.word).toBe("fault.link.trace"), 5000);
    session.show(earlyCandidateTrace());
    await vi.waitFor(() => expect(session.selected).toBe(3));
    expect(session.fault).toBeUndefined();
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
