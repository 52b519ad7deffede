import { render, screen, within } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import App from "../../inspector/App.svelte";
import { Session, tabs, views } from "../../inspector/session.svelte.ts";
import { localPort } from "../../inspector/source/local-port.ts";
import type { Trace, TraceEvent } from "../../lib/index.ts";
import { connectedTrace, earlyCandidateTrace } from "../support/sample-trace.ts";

const sessions: Session[] = [];

afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});

describe("the page", () => {
  it("says what to do when there is nothing to show", () => {
    render(App, { session: create() });
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Find out why it did not connect",
    );
    expect(screen.getByRole("button", { name: /Drop it anywhere/ })).toBeInTheDocument();
    expect(screen.getAllByRole("button", { name: /[1-6]/ })).toHaveLength(6);
  });

  it("shows the verdict, the findings with their evidence, and the peers", async () => {
    const session = await open(earlyCandidateTrace());
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Never connected");
    await vi.waitFor(() => expect(session.findings.length).toBeGreaterThan(0), 20_000);
    const code = "session/candidate-before-description";
    const finding = await screen.findByRole("button", { name: new RegExp(code) });
    expect(finding).toHaveTextContent("×4");
    finding.click();
    expect(await screen.findByRole("button", { name: "Event 25" })).toBeInTheDocument();
    expect(screen.getByText("Fix")).toBeInTheDocument();
  }, 30_000);

  it("speaks Korean", async () => {
    const session = create();
    await session.setLanguage("ko");
    session.show(connectedTrace());
    render(App, { session });
    await vi.waitFor(() =>
      expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
        "연결된 뒤 종료되었습니다",
      ),
    );
    expect(document.documentElement.lang).toBe("ko");
  });

  it("gives every lane's state at the cursor as text", async () => {
    const session = await open(earlyCandidateTrace());
    session.cursor = 30;
    const alice = await screen.findByRole("region", { name: "alice 1" });
    await vi.waitFor(() => expect(alice).toHaveTextContent("signaling have-local-offer"));
    expect(alice).toHaveTextContent("gathering complete");
  });

  it("has every event in a table, the selected one marked", async () => {
    const session = await open(earlyCandidateTrace());
    session.view = "table";
    const table = await screen.findByRole("table");
    expect(table).toHaveAttribute("aria-rowcount", String(earlyCandidateTrace().events.length + 1));
    session.select(3);
    await vi.waitFor(() =>
      expect(within(table).getByRole("row", { selected: true })).toHaveAttribute(
        "aria-rowindex",
        "4",
      ),
    );
  });

  it("shows every candidate with type, transport, address and priority", async () => {
    const session = await open(earlyCandidateTrace());
    session.tab = "candidates";
    const table = await screen.findByRole("table");
    const rows = within(table).getAllByRole("row");
    expect(rows).toHaveLength(10);
    const relay = within(table).getAllByRole("row", { name: /relay/ })[0];
    expect(relay).toHaveTextContent("udp");
    expect(relay).toHaveTextContent("198.51.100.9:49170");
    expect(relay).toHaveTextContent("41819902");
    expect(within(table).getAllByText(/refused/)).toHaveLength(4);
  });

  it("shows the selected event in every view", async () => {
    const session = await open(earlyCandidateTrace());
    const offer = earlyCandidateTrace().events.find(
      (event) => event.kind === "signal" && event.type === "offer" && event.direction === "in",
    );
    session.select(offer?.seq, { opens: "event" });
    expect(await screen.findByRole("heading", { name: "offer received" })).toBeInTheDocument();
    expect(
      await screen.findByRole("button", { name: /offer received/, pressed: true }),
    ).toBeInTheDocument();
    const content = screen.getByRole("region", { name: "offer" });
    expect(content).toHaveTextContent("a=rtpmap:111 opus/48000/2");
  });

  it("never turns what a trace says into markup", async () => {
    const evil = "<img src=x onerror=alert(1)>";
    const { header, events } = earlyCandidateTrace();
    const session = await open({
      header: { ...header, id: evil, peers: [{ id: "alice", name: evil, engine: evil }] },
      events: [
        ...events,
        { seq: 900, t: 4200, peer: evil, pc: evil, kind: "note", text: evil },
        { seq: 901, t: 4201, peer: "alice", pc: "1", kind: "state", machine: "ice", to: evil },
        {
          seq: 902,
          t: 4202,
          peer: "alice",
          kind: "signal",
          direction: "out",
          transport: evil,
          type: evil,
          data: evil,
        },
        ...[903, 904].map((seq) => ({
          seq,
          t: 3300 + seq,
          peer: "alice",
          pc: "1",
          kind: "stats",
          report: {
            [evil]: { type: evil, kind: evil, mid: evil, rid: evil, label: evil, [evil]: 7 },
          },
        })),
      ] as TraceEvent[],
    });
    for (const view of views) {
      session.view = view;
      for (const tab of tabs) {
        session.tab = tab;
        session.select(902);
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(document.querySelector("img")).toBeNull();
      }
    }
    expect(document.body.textContent).toContain(evil);
  });
});

function create(): Session {
  const session = new Session(localPort());
  sessions.push(session);
  return session;
}

async function open(trace: Trace): Promise<Session> {
  const session = create();
  session.show(trace);
  render(App, { session });
  await vi.waitFor(() => expect(session.picture).toBeDefined());
  return session;
}
