import { render, screen, within } from "@testing-library/svelte";
import { beforeAll, describe, expect, it } from "vitest";
import App from "../../inspector/App.svelte";
import { Session } from "../../inspector/session.svelte.ts";
import type { Trace, TraceEvent } from "../../lib/index.ts";
import { connectedTrace, earlyCandidateTrace } from "../support/sample-trace.ts";

beforeAll(() => {
  // jsdom lays nothing out: what observes sizes has nothing to observe.
  globalThis.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
});

describe("the page", () => {
  it("says what to do when there is nothing to show", () => {
    render(App, { session: new Session() });
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "See what your peers really did",
    );
    expect(screen.getAllByRole("button", { name: /Open a recording/ })).toHaveLength(1);
  });

  it("shows the verdict, the problems with their evidence, and the peers", () => {
    open(earlyCandidateTrace());
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Never connected");
    expect(screen.getByRole("button", { name: /addIceCandidate refused/ })).toHaveTextContent("×4");
    expect(screen.getByRole("button", { name: "Event 25" })).toBeInTheDocument();
  });

  it("speaks Korean", async () => {
    const session = new Session();
    await session.setLanguage("ko");
    session.show(connectedTrace());
    render(App, { session });
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("연결된 뒤 종료되었습니다");
    expect(document.documentElement.lang).toBe("ko");
  });

  it("shows every candidate with type, transport, address and priority", async () => {
    const session = open(earlyCandidateTrace());
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
    const session = open(earlyCandidateTrace());
    const offer = session.timeline?.ladder.arrows.find(({ type }) => type === "offer");
    session.select(offer?.to, { opens: "event" });
    expect(await screen.findByRole("heading", { name: "offer received" })).toBeInTheDocument();
    expect(
      screen.getByRole("button", { name: /offer received/, pressed: true }),
    ).toBeInTheDocument();
    const content = screen.getByRole("region", { name: "offer" });
    expect(content).toHaveTextContent("a=rtpmap:111 opus/48000/2");
  });

  it("never turns what a trace says into markup", async () => {
    const evil = "<img src=x onerror=alert(1)>";
    const { header, events } = earlyCandidateTrace();
    const session = open({
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
      ] as TraceEvent[],
    });
    for (const tab of ["event", "descriptions", "candidates", "calls", "events", "raw"] as const) {
      session.tab = tab;
      session.select(902);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(document.querySelector("img")).toBeNull();
    }
    expect(document.body.textContent).toContain(evil);
  });
});

function open(trace: Trace): Session {
  const session = new Session();
  session.show(trace);
  render(App, { session });
  return session;
}
