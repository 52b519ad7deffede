import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createPeer } from "../../lib/peer/peer.ts";
import type { InspectorServer } from "../../lib/serve/server.ts";
import { createInspectorServer } from "../../lib/serve/server.ts";
import type { TraceEvent } from "../../lib/trace/event.ts";
import type { TraceSummary } from "../../lib/trace/feed.ts";
import { readTrace } from "../../lib/trace/file.ts";
import { chromePath, hasBrowser, startBrowser } from "../support/browser.ts";
import { firefoxPath, openFirefox } from "../support/firefox.ts";

/** An app as the shim's users write it: it sends a picture, shows what comes, and calls whoever comes to its room. */
const app = `
  const shim = adapter.browserDetails.browser;
  const told = [];
  addEventListener("error", ({ message }) => told.push(message));
  addEventListener("unhandledrejection", ({ reason }) => told.push(String(reason)));
  setInterval(() => {
    // Who joins a room last is called: until this page is in it, nobody else may come.
    if (socket.readyState !== WebSocket.OPEN) return;
    const { videoWidth } = document.querySelector("video");
    fetch("/told/" + order, { method: "POST", body: JSON.stringify({ shim, videoWidth, told }) });
  }, 200);
  const canvas = document.createElement("canvas");
  const stream = canvas.captureStream(10);
  const context = canvas.getContext("2d");
  setInterval(() => context.fillRect(Math.random() * 300, Math.random() * 150, 20, 20), 100);
  const socket = new WebSocket(room);
  let number = 0;
  let pc;
  const call = async (to) => {
    const say = (type, data) => socket.send(JSON.stringify({ type, to, message: ++number, data }));
    pc = new RTCPeerConnection();
    pc.addEventListener("icecandidate", ({ candidate }) => say("candidate", candidate));
    pc.ontrack = ({ streams: [remote] }) => (document.querySelector("video").srcObject = remote);
    for (const track of stream.getTracks()) pc.addTrack(track, stream);
    pc.createDataChannel("chat");
    await pc.setLocalDescription(await pc.createOffer());
    say("offer", pc.localDescription);
  };
  socket.onmessage = ({ data: text }) => {
    const { type, id, data } = JSON.parse(text);
    if (type === "welcome") call(id);
    if (type === "answer") pc.setRemoteDescription(new RTCSessionDescription(data));
    if (type === "candidate") pc.addIceCandidate(data && new RTCIceCandidate(data));
  };
`;

const browsers = [...(chromePath ? ["chromium"] : []), ...(firefoxPath ? ["firefox"] : [])];
const orders = ["recorder-first", "shim-first"];
/** What the shim calls them. */
const shims: Readonly<Record<string, string>> = { chromium: "chrome", firefox: "firefox" };

describe.runIf(hasBrowser())("a page with webrtc-adapter", () => {
  let folder: string;
  let server: InspectorServer;
  let site: Server;
  let visits = 0;
  /** What each page said of itself last. */
  const told = new Map<string, { shim: string; videoWidth: number; told: readonly string[] }>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-adapter-"));
    const bundle = join(import.meta.dirname, "../../lib/record/bundle.js");
    await promisify(execFile)(process.execPath, [bundle, join(folder, "record")], {
      env: { ...process.env, NODE_ENV: "production", VITEST: undefined },
    });
    const shim = await readFile(
      createRequire(import.meta.url).resolve("webrtc-adapter/out/adapter.js"),
    );
    server = await createInspectorServer({
      traces: join(folder, "traces"),
      recorder: join(folder, "record", "record.js"),
    });
    site = createServer(async (request, response) => {
      if (request.method === "POST") {
        let body = "";
        for await (const part of request) body += part;
        told.set(request.url?.slice("/told/".length) ?? "", JSON.parse(body));
        response.end();
        return;
      }
      if (request.url === "/adapter.js") {
        response.writeHead(200, { "content-type": "text/javascript" }).end(shim);
        return;
      }
      const order = request.url?.slice(1) ?? "";
      const room = `${server.url.replace("http", "ws")}rooms/${order}?name=web`;
      const scripts = [
        `<script src="${server.url}record.js" data-peer="${order}"></script>`,
        `<script src="/adapter.js"></script>`,
      ];
      if (order.endsWith("shim-first")) scripts.reverse();
      response.writeHead(200, { "content-type": "text/html" });
      response.end(`<!doctype html><title>A shimmed app</title>${scripts.join("")}
        <video autoplay muted></video>
        <script>const room = ${JSON.stringify(room)}, order = ${JSON.stringify(order)};${app}</script>`);
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  });

  afterAll(async () => {
    site?.close();
    site?.closeAllConnections();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(browser: string, url: string): Promise<() => Promise<void>> {
    if (browser === "firefox") return openFirefox(url);
    const chromium = await startBrowser();
    await (await chromium.context.newPage()).goto(url);
    return () => chromium.close();
  }

  it.each(browsers.flatMap((browser) => orders.map((first) => [browser, first] as const)))(
    "in %s is recorded like any other endpoint, the %s",
    async (browser, first) => {
      const { port } = site.address() as AddressInfo;
      // Another room at each try.
      const order = `${++visits}-${browser}-${first}`;
      onTestFinished(await open(browser, `http://localhost:${port}/${order}`));
      const peer = createPeer({
        room: `${server.url.replace("http", "ws")}rooms/${order}`,
        name: "headless",
        media: ["video"],
      });
      onTestFinished(() => peer.close());
      await vi.waitFor(() => expect(told.get(order)?.shim).toBe(shims[browser]), 20_000);
      await peer.connect();
      await vi.waitFor(
        async () => {
          const { video } = await peer.packetsReceived();
          expect(video).toBeGreaterThan(5);
          expect(told.get(order)?.videoWidth).toBeGreaterThan(0);
        },
        { timeout: 15_000, interval: 200 },
      );
      await vi.waitFor(
        async () => {
          const events = await eventsOf(server, order);
          expect(statesOf(events, "signaling")).toEqual(["have-local-offer", "stable"]);
          // Chromium may go back to new for a moment when the answer bundles its transports.
          const connection = statesOf(events, "connection");
          expect([connection[0], connection.at(-1)]).toEqual(["connecting", "connected"]);
          expect(statesOf(events, "gathering")).toEqual(["gathering", "complete"]);
          expect(statesOf(events, "channel")).toEqual(["open"]);
          const methods = events.flatMap((event) => (event.kind === "call" ? [event.method] : []));
          expect(methods).toEqual(
            expect.arrayContaining([
              "addTrack",
              "createDataChannel",
              "createOffer",
              "setLocalDescription",
              "setRemoteDescription",
            ]),
          );
          expect(methods.filter((method) => method === "createOffer")).toHaveLength(1);
          const kinds = new Set(events.map(({ kind }) => kind));
          // Firefox tells of its pairs in the statistics alone.
          const pair = browser === "firefox" ? [] : ["pair"];
          for (const kind of ["candidate", "signal", ...pair, "track", "stats"]) {
            expect(kinds).toContain(kind);
          }
        },
        { timeout: 10_000, interval: 200 },
      );
      await peer.close();
      expect(told.get(order)?.told).toEqual([]);
    },
  );
});

/** The events of the one peer's trace. */
async function eventsOf(server: InspectorServer, peer: string): Promise<readonly TraceEvent[]> {
  const all = (await (await fetch(`${server.url}traces`)).json()) as TraceSummary[];
  const found = all.find(({ peers }) => peers.some(({ id }) => id === peer));
  const text = await (await fetch(`${server.url}traces/${found?.id}`)).text();
  return readTrace(text).trace.events;
}

function statesOf(events: readonly TraceEvent[], machine: string): readonly string[] {
  return events.flatMap((event) =>
    event.kind === "state" && event.machine === machine ? [event.to] : [],
  );
}
