import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createPeer } from "../../lib/peer/peer.ts";
import type { InspectorServer } from "../../lib/serve/server.ts";
import { createInspectorServer } from "../../lib/serve/server.ts";
import type { TraceEvent } from "../../lib/trace/event.ts";
import type { TraceSummary } from "../../lib/trace/feed.ts";
import { readTrace } from "../../lib/trace/file.ts";
import type { Trace } from "../../lib/trace/trace.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";

/** An app that knows nothing of this package: it joins a room and answers whoever offers. Candidates wait for the offer. */
const app = `
  const pc = new RTCPeerConnection();
  const waiting = [];
  let other;
  let number = 0;
  const socket = new WebSocket(room);
  const say = (type, data) => socket.send(JSON.stringify({ type, to: other, message: ++number, data }));
  pc.onicecandidate = ({ candidate }) => say("candidate", candidate);
  pc.ondatachannel = ({ channel }) => {
    channel.onmessage = ({ data }) => channel.send("echo " + data);
  };
  socket.onmessage = async ({ data: text }) => {
    const { type, from, data } = JSON.parse(text);
    if (type === "offer") {
      other = from;
      await pc.setRemoteDescription(data);
      for (const candidate of waiting.splice(0)) pc.addIceCandidate(candidate);
      await pc.setLocalDescription(await pc.createAnswer());
      say("answer", pc.localDescription);
    } else if (type === "candidate") {
      if (pc.remoteDescription) pc.addIceCandidate(data);
      else waiting.push(data);
    } else if (type === "bye") pc.close();
  };
`;

describe.runIf(hasBrowser())("a page with the recorder in it", () => {
  let folder: string;
  let server: InspectorServer;
  let site: Server;
  let browser: TestBrowser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-record-"));
    const bundle = join(import.meta.dirname, "../../lib/record/bundle.js");
    await promisify(execFile)(process.execPath, [bundle, join(folder, "record")], {
      env: { ...process.env, NODE_ENV: "production", VITEST: undefined },
    });
    server = await createInspectorServer({
      traces: join(folder, "traces"),
      recorder: join(folder, "record", "record.js"),
    });
    const room = `${server.url.replace("http", "ws")}rooms/mixed?name=web`;
    site = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(`<!doctype html><title>An app</title>
        <script src="${server.url}record.js" data-peer="web"></script>
        <script>const room = ${JSON.stringify(room)};${app}</script>`);
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    site?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("calls a headless peer, and its trace tells the same story under the same names", async () => {
    const heard: unknown[] = [];
    const peer = createPeer({
      room: `${server.url.replace("http", "ws")}rooms/mixed`,
      name: "headless",
      onMessage: (data) => heard.push(data),
    });
    await peer.join();
    const page = await browser.context.newPage();
    const { port } = site.address() as AddressInfo;
    // Another site than the server's: the recorder is for any page.
    await page.goto(`http://localhost:${port}/`);
    await peer.connect();
    peer.send("hello");
    await vi.waitFor(() => expect(heard).toEqual(["echo hello"]));
    const { header, events } = await onlyTrace(server, (trace) =>
      trace.events.some((event) => event.kind === "stats"),
    );
    await peer.close();
    expect(header.peers).toMatchObject([
      { id: "web", name: "An app", engine: expect.stringMatching(/^Chrome \d+$/) },
    ]);
    const states = (machine: string) =>
      events.flatMap((event) =>
        event.kind === "state" && event.machine === machine ? [event.to] : [],
      );
    expect(states("signaling")).toEqual(["have-remote-offer", "stable"]);
    expect(states("connection")).toEqual(["connecting", "connected"]);
    // Chromium makes a transport for each section, and closes all but one when it bundles them.
    const dtls = states("dtls").filter((state) => state !== "closed");
    expect(dtls).toEqual(["connecting", "connected"]);
    expect(states("channel")).toEqual(["open"]);
    // A message has one name at both ends.
    expect(names(events, "in").length).toBeGreaterThan(1);
    expect(names(peer.trace.events, "out")).toEqual(expect.arrayContaining(names(events, "in")));
    expect(names(peer.trace.events, "in")).toEqual(names(events, "out"));
  });

  it("ends its trace when the page is left", async () => {
    await browser.context.pages().at(-1)?.goto("about:blank");
    const { events } = await onlyTrace(server, (trace) => trace.events.at(-1)?.kind === "end");
    expect(events.at(-1)).toMatchObject({ reason: "recorder-stopped" });
    expect(await list(server)).toMatchObject([{ state: "ended" }]);
  });
});

async function list(server: InspectorServer): Promise<readonly TraceSummary[]> {
  return (await (await fetch(`${server.url}traces`)).json()) as TraceSummary[];
}

/** The one trace that the server has, once it is as it should be. */
async function onlyTrace(
  server: InspectorServer,
  isReady: (trace: Trace) => boolean,
): Promise<Trace> {
  return vi.waitFor(
    async () => {
      const [summary] = await list(server);
      const text = await (await fetch(`${server.url}traces/${summary?.id}`)).text();
      const { trace, diagnostics } = readTrace(text);
      expect(diagnostics).toEqual([]);
      expect(isReady(trace)).toBe(true);
      return trace;
    },
    { timeout: 10_000, interval: 200 },
  );
}

function names(events: readonly TraceEvent[], direction: "in" | "out"): unknown[] {
  return events
    .flatMap((event) =>
      event.kind === "signal" && event.direction === direction ? (event.message ?? []) : [],
    )
    .toSorted();
}
