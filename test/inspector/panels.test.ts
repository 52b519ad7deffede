import { render, screen, within } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import App from "../../inspector/App.svelte";
import { codecSections } from "../../inspector/layout/codec-rows.ts";
import { Session } from "../../inspector/session.svelte.ts";
import { localPort } from "../../inspector/source/local-port.ts";
import type { Trace, TraceEvent } from "../../lib/index.ts";
import { recordedTrace } from "../support/recorded-trace.ts";
import { earlyCandidateTrace } from "../support/sample-trace.ts";

// Panels are loaded when they are first shown.
const patience = { timeout: 20_000 };
vi.setConfig({ testTimeout: 40_000 });
const sessions: Session[] = [];

afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});

const stack =
  "Error\n    at applyOffer (https://app.example/call.js:120:9)\n    at run (https://app.example/main.js:7:1)";

describe("who did it", () => {
  it("is shown beside a munged description: the stack of the call that applied it", async () => {
    const session = await open(withStacks(recordedTrace("munged")));
    session.tab = "munging";
    expect(
      await screen.findByText(/at applyOffer \(https:\/\/app\.example\/call\.js/),
    ).toBeVisible();
  });

  it("is shown of a refused call, with its error, frame by frame", async () => {
    const trace = withStacks(earlyCandidateTrace());
    const session = await open(trace);
    const refused = trace.events.find((event) => event.kind === "settle" && event.error);
    session.select(refused?.seq);
    session.tab = "stack";
    const table = await screen.findByRole("table", {}, patience);
    expect(within(table).getByText("applyOffer")).toBeInTheDocument();
    expect(within(table).getByText("120:9")).toBeInTheDocument();
    session.tab = "calls";
    await vi.waitFor(
      () => expect(screen.getAllByText(/InvalidStateError/).length).toBeGreaterThan(0),
      patience,
    );
  });
});

describe("a gathering error", () => {
  it.each([
    [701, "No address of the server could be reached"],
    [401, "the password is wrong"],
  ])("%i stands beside its server with what it means", async (code, words) => {
    const { header, events } = earlyCandidateTrace();
    const session = await open({
      header,
      events: [
        ...events,
        {
          seq: 900,
          t: 4200,
          peer: "alice",
          pc: "1",
          kind: "candidate",
          side: "local",
          candidate: null,
          error: { code, url: "turn:turn.example.org:3478" },
        },
      ],
    });
    session.tab = "candidates";
    const table = await screen.findByRole("table", {}, patience);
    const row = within(table)
      .getAllByRole("row")
      .find((each) => each.textContent?.includes("turn:turn.example.org:3478"));
    expect(row).toHaveTextContent(String(code));
    expect(row).toHaveTextContent("gathering failed");
    expect(row?.textContent?.toLowerCase()).toContain(words.toLowerCase());
  });
});

describe("a restarted connection", () => {
  it("has a choice of ICE generations, the last one first, and each its own pairs", async () => {
    const session = await open(recordedTrace("ok"));
    session.tab = "pairs";
    const choice = await screen.findByRole<HTMLSelectElement>(
      "combobox",
      { name: /ICE generation/ },
      patience,
    );
    expect(choice.value).toBe("1");
    const shown = () =>
      within(screen.getByRole("region", { name: "Pairs" })).getAllByRole("table")[0]?.textContent;
    const last = shown();
    choice.value = "0";
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    await vi.waitFor(() => expect(shown()).not.toBe(last), patience);
  });

  it("tells its transport, its DTLS role, the fingerprint check and how directions changed", async () => {
    const session = await open(recordedTrace("ok"));
    session.tab = "state";
    const state = await screen.findByRole("region", { name: "State" }, patience);
    await vi.waitFor(
      () => expect(state).toHaveTextContent(/0 1 2 3\s*DTLS (server|client)/),
      patience,
    );
    expect(state).toHaveTextContent("The fingerprint is the one that the other side has.");
    const audio = within(state)
      .getAllByRole("row")
      .find((row) => row.textContent?.match(/^\s*3\s*audio/));
    expect(within(audio as HTMLElement).getByRole("button")).toHaveTextContent("sendonly");
  });
});

describe("RTCP feedback", () => {
  it("is told as offered, answered or both", () => {
    const sdp = (feedback: readonly string[]) =>
      `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=rtpmap:96 VP8/90000\r\n${feedback.map((name) => `a=rtcp-fb:96 ${name}\r\n`).join("")}`;
    const [section] = codecSections(
      sdp(["nack", "nack pli", "goog-remb"]),
      sdp(["nack pli", "ccm fir"]),
    );
    expect(section?.rows[0]?.feedback).toEqual([
      { name: "nack", isOffered: true, isAnswered: false },
      { name: "nack pli", isOffered: true, isAnswered: true },
      { name: "goog-remb", isOffered: true, isAnswered: false },
      { name: "ccm fir", isOffered: false, isAnswered: true },
    ]);
  });
});

/** The same with the stack that a recorder in a page writes. */
function withStacks({ header, events }: Trace): Trace {
  return {
    header,
    events: events.map(
      (event): TraceEvent => (event.kind === "call" ? { ...event, stack } : event),
    ),
  };
}

async function open(trace: Trace): Promise<Session> {
  const session = new Session(localPort());
  sessions.push(session);
  session.show(trace);
  render(App, { session });
  await vi.waitFor(() => expect(session.picture).toBeDefined(), patience);
  return session;
}
