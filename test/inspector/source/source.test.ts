import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Link } from "../../../inspector/source/feed.ts";
import { connectFeed, feedAddress } from "../../../inspector/source/feed.ts";
import { openFile } from "../../../inspector/source/open-file.ts";
import { Shelf } from "../../../inspector/source/shelf.ts";
import type { FeedMessage } from "../../../lib/index.ts";
import { writeTrace } from "../../../lib/index.ts";
import { connectedTrace } from "../../support/sample-trace.ts";

const trace = connectedTrace();
const { header, events } = trace;

describe("the shelf", () => {
  it("collects a trace from its header and its events, each once", () => {
    const shelf = new Shelf();
    shelf.take({ type: "header", header, state: "live" });
    for (const event of events.slice(0, 5)) shelf.take({ type: "event", trace: header.id, event });
    const again = events[4];
    if (again)
      expect(shelf.take({ type: "event", trace: header.id, event: again })).toBeUndefined();
    expect(shelf.get(header.id)).toMatchObject({ state: "live", count: 5 });
    expect(shelf.get(header.id)?.events).toEqual(events.slice(0, 5));
    expect(shelf.positions()).toEqual([[header.id, 5]]);
  });

  it("keeps what it has when the header comes again", () => {
    const shelf = new Shelf();
    shelf.put(trace, "live");
    shelf.take({ type: "header", header, state: "ended" });
    expect(shelf.get(header.id)).toMatchObject({ state: "ended", count: events.length });
  });

  it("counts what the server does not have", () => {
    const shelf = new Shelf();
    shelf.take({ type: "header", header, state: "live" });
    shelf.take({ type: "gap", trace: header.id, from: 1, to: 142 });
    expect(shelf.get(header.id)?.missing).toBe(142);
  });

  it("lists the latest first and asks the server for no file", () => {
    const shelf = new Shelf();
    shelf.put(trace, "file");
    shelf.put(
      { ...trace, header: { ...header, id: "later", startedAt: "2026-11-21T04:00:00.000Z" } },
      "live",
    );
    expect(shelf.list().map((entry) => entry.header.id)).toEqual(["later", header.id]);
    expect(shelf.positions().map(([id]) => id)).toEqual(["later"]);
  });

  it("knows that a session ended when a new server does not have it", () => {
    const shelf = new Shelf();
    shelf.put(trace, "live");
    shelf.put({ ...trace, header: { ...header, id: "other" } }, "live");
    shelf.tear([header.id, "unknown"]);
    expect(shelf.get(header.id)?.state).toBe("torn");
    expect(shelf.get("other")?.state).toBe("live");
  });

  it("ignores events of a trace that it does not know", () => {
    const [event] = events;
    if (event) expect(new Shelf().take({ type: "event", trace: "?", event })).toBeUndefined();
  });
});

describe("opening a file", () => {
  it("reads a trace", async () => {
    const reading = await openFile(new File([writeTrace(trace)], "a.sdpscope.jsonl"));
    expect(reading.traces).toEqual([trace]);
    expect(reading.report).toEqual({ name: "a.sdpscope.jsonl", reason: "", traces: [], faults: 0 });
  });

  it("unpacks a gzipped one", async () => {
    const packed = new Uint8Array(gzipSync(writeTrace(trace)));
    const reading = await openFile(new File([packed], "a.jsonl.gz"));
    expect(reading.traces[0]?.header.id).toBe(header.id);
  });

  it("imports what other tools wrote", async () => {
    const sdp = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n";
    const reading = await openFile(new File([sdp], "offer.sdp"));
    expect(reading.traces).toHaveLength(1);
    expect(reading.report.fault).toBeUndefined();
  });

  it("says what a file is that no format fits", async () => {
    const { traces, report } = await openFile(new File(["<html>\u202e\nmore"], "page.html"));
    expect(traces).toEqual([]);
    expect(report).toMatchObject({ fault: "not-a-trace", name: "page.html" });
    expect(report.first?.code).toBe("import/unknown-format");
  });

  it("says that a file is empty", async () => {
    expect((await openFile(new File(["\n"], "a"))).report).toMatchObject({ fault: "empty" });
  });

  it("says why a file could not be read", async () => {
    const broken = new File([new Uint8Array([0x1f, 0x8b, 1, 2, 3])], "broken.gz");
    const { report } = await openFile(broken);
    expect(report).toMatchObject({ fault: "not-a-trace", name: "broken.gz" });
    expect(report.first?.code).toBe("import/compression-broken");
    const gone = new File(["{}"], "gone.json");
    gone.slice = () => {
      throw new Error("It was moved.");
    };
    expect((await openFile(gone)).report).toMatchObject({
      fault: "unreadable",
      reason: "It was moved.",
    });
  });
});

describe("the feed", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("stands beside the page and names what is already here", () => {
    expect(feedAddress("http://127.0.0.1:7377/", [["a", 5]])).toBe(
      "ws://127.0.0.1:7377/feed?after=a%3A5",
    );
    expect(feedAddress("https://host/sub/page.html", [])).toBe("wss://host/sub/feed");
  });

  it("comes back after a loss, later each time, and asks for what it missed", () => {
    const setup = start();
    setup.sockets[0]?.onopen?.(new Event("open"));
    setup.sockets[0]?.onclose?.(new CloseEvent("close"));
    expect(setup.links).toEqual(["connecting", "open", "lost"]);
    setup.positions.push(["a", 7]);
    vi.advanceTimersByTime(249);
    expect(setup.urls).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(setup.urls[1]).toContain("after=a%3A7");
    setup.sockets[1]?.onclose?.(new CloseEvent("close"));
    vi.advanceTimersByTime(499);
    expect(setup.urls).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(setup.urls).toHaveLength(3);
    setup.feed.close();
  });

  it("comes back much later where the server could not go on", () => {
    const setup = start();
    setup.sockets[0]?.onopen?.(new Event("open"));
    setup.sockets[0]?.onclose?.(new CloseEvent("close", { code: 1011 }));
    vi.advanceTimersByTime(3999);
    expect(setup.urls).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(setup.urls).toHaveLength(2);
    setup.feed.close();
  });

  it("hands on messages and skips what it cannot read", () => {
    const setup = start();
    const say = (data: string): void => {
      setup.sockets[0]?.onmessage?.(new MessageEvent("message", { data }));
    };
    say("not json");
    say(JSON.stringify({ type: "from-the-future" }));
    say(JSON.stringify({ type: "state", trace: "a", state: "ended" }));
    expect(setup.messages).toEqual([{ type: "state", trace: "a", state: "ended" }]);
    setup.feed.close();
  });

  it("stays closed once it is closed", () => {
    const setup = start();
    setup.feed.close();
    setup.sockets[0]?.onclose?.(new CloseEvent("close"));
    vi.advanceTimersByTime(60_000);
    expect(setup.urls).toHaveLength(1);
  });
});

function start() {
  const urls: string[] = [];
  const sockets: WebSocket[] = [];
  const links: Link[] = [];
  const messages: FeedMessage[] = [];
  const positions: (readonly [string, number])[] = [];
  const feed = connectFeed({
    base: "http://127.0.0.1:7377/",
    positions: () => positions,
    onMessage: (message) => messages.push(message),
    onLink: (link) => links.push(link),
    open: (url) => {
      urls.push(url);
      const socket = { close: () => {} } as unknown as WebSocket;
      sockets.push(socket);
      return socket;
    },
  });
  return { feed, urls, sockets, links, messages, positions };
}
