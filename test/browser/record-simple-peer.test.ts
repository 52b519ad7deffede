import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { InspectorServer } from "../../lib/serve/server.ts";
import { createInspectorServer } from "../../lib/serve/server.ts";
import type { TraceSummary } from "../../lib/trace/feed.ts";
import { readTrace } from "../../lib/trace/file.ts";
import type { Trace } from "../../lib/trace/trace.ts";
import { chromePath, hasBrowser, startBrowser } from "../support/browser.ts";
import { firefoxPath, openFirefox } from "../support/firefox.ts";

/** The in-page example of simple-peer's own README ("data channels"), with what it logs kept. */
const example = `
  const log = [];
  var peer1 = new SimplePeer({ initiator: true, config: { iceServers: [
    { urls: "turn:127.0.0.1:3478", username: "user", credential: "very-secret" } ] } });
  var peer2 = new SimplePeer();
  peer1.on("signal", (data) => { log.push("1 signals " + (data.type || "candidate")); peer2.signal(data); });
  peer2.on("signal", (data) => { log.push("2 signals " + (data.type || "candidate")); peer1.signal(data); });
  peer1.on("connect", () => peer1.send("hey peer2, how is it going?"));
  peer2.on("data", (data) => { log.push("got " + data); document.title = "done"; });
`;

/** What a page can see of its own: errors, names, classes, the order of things. */
const probes = `
  const seen = [];
  addEventListener("unhandledrejection", (event) => { seen.push("unhandled " + event.reason.name); event.preventDefault(); });
  addEventListener("error", (event) => seen.push("error " + event.message));
  (async () => {
    class Mine extends RTCPeerConnection { hello() { return "hello"; } }
    const a = new Mine(), b = new RTCPeerConnection();
    seen.push(a.hello(), a instanceof RTCPeerConnection, b.constructor === RTCPeerConnection, RTCPeerConnection.name,
      RTCPeerConnection.length, a.createOffer.name, a.addIceCandidate.length, Object.keys(a).length,
      String(Object.prototype.toString.call(a)), window.webkitRTCPeerConnection === undefined || webkitRTCPeerConnection === RTCPeerConnection);
    try { new RTCPeerConnection({ iceServers: [{ urls: "nonsense:" }] }); } catch (error) { seen.push(error.name, error.message); }
    try { RTCPeerConnection(); } catch (error) { seen.push(error.name); }
    try { a.addTrack(); } catch (error) { seen.push(error.name, error.message); }
    await a.setRemoteDescription({ type: "answer", sdp: "v=0" }).catch((error) => seen.push(error.name, error.message));
    a.setRemoteDescription({ type: "offer", sdp: "nonsense" });
    for (const type of ["signalingstatechange", "negotiationneeded", "datachannel"]) {
      a.addEventListener(type, () => seen.push("a " + type));
      b.addEventListener(type, () => seen.push("b " + type));
    }
    a.createDataChannel("chat");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const offer = await new Promise((resolve, reject) => a.createOffer(resolve, reject));
    seen.push(offer.type, offer instanceof RTCSessionDescription);
    await a.setLocalDescription(offer).then(() => seen.push("a local"));
    await b.setRemoteDescription(offer).then(() => seen.push("b remote"));
    const original = RTCPeerConnection.prototype.createAnswer;
    RTCPeerConnection.prototype.createAnswer = function (...given) { seen.push("patched"); return original.apply(this, given); };
    await b.setLocalDescription(await b.createAnswer()).then(() => seen.push("b local"));
    await a.setRemoteDescription(b.localDescription).then(() => seen.push("a remote"));
    await fetch("/nothing").then((answer) => answer.text()).then((text) => seen.push("fetched " + text.length));
    await fetch("http://127.0.0.1:1/").catch((error) => seen.push(error.name, error.message));
    for (const isAsync of [true, false]) {
      const request = new XMLHttpRequest();
      request.open("POST", "/nothing", isAsync);
      const loaded = new Promise((resolve) => (request.onloadend = () => { seen.push("loadend"); resolve(); }));
      request.send(JSON.stringify({ type: "offer", sdp: "v=0" }));
      if (isAsync) await loaded;
      seen.push(request.status, request.responseText, request.readyState, Object.keys(request).length,
        request.constructor === XMLHttpRequest, request.send.name, request.send.length);
    }
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const Inner = frame.contentWindow.RTCPeerConnection;
    const inner = new Inner();
    seen.push(Inner === RTCPeerConnection, Inner === frame.contentWindow.RTCPeerConnection, Inner.name, inner instanceof Inner,
      inner instanceof RTCPeerConnection, frame.contentDocument.defaultView === frame.contentWindow, (await inner.createOffer()).type);
    inner.close();
    const asked = [];
    const asking = (name, fields) => Object.defineProperties({}, Object.fromEntries(Object.entries(fields).map(
      ([field, value]) => [field, { enumerable: true, get() { asked.push(name + "." + field); return value; } }])));
    class Asked extends RTCPeerConnection {
      get connectionState() { asked.push("connectionState"); return super.connectionState; }
      get signalingState() { asked.push("signalingState"); return super.signalingState; }
    }
    Error.prepareStackTrace = (error) => { asked.push("stack"); return String(error); };
    const c = new Asked(asking("config", { iceServers: [asking("server", { urls: "stun:127.0.0.1:3478" })] }));
    c.createDataChannel("x", asking("channel", { ordered: false }));
    await c.setLocalDescription(asking("description", { type: "offer", sdp: (await c.createOffer()).sdp }));
    await c.addIceCandidate(asking("candidate", { candidate: "", sdpMid: "0" })).catch((error) => seen.push(error.name));
    await c.setRemoteDescription(asking("answer", { type: "nonsense" })).catch((error) => seen.push(error.name));
    const shy = { get candidate() { throw new RangeError("not now"); } };
    await c.addIceCandidate(shy).catch((error) => seen.push(error.name, error.message));
    c.close();
    // The recorder writes stacks when the page is idle.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    delete Error.prepareStackTrace;
    seen.push(...asked);
    a.close(); b.close();
    await a.createOffer().catch((error) => seen.push(error.name, error.message));
    await new Promise((resolve) => setTimeout(resolve, 100));
    document.title = "done";
  })();
`;

const browsers = [...(chromePath ? ["chromium"] : []), ...(firefoxPath ? ["firefox"] : [])];

describe.runIf(hasBrowser())("a page by somebody else, with the script tag in it", () => {
  let folder: string;
  let server: InspectorServer;
  let site: Server;
  /** What the pages without and with the recorder posted back, by their address. */
  const told = new Map<string, string[]>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-simple-peer-"));
    const bundle = join(import.meta.dirname, "../../lib/record/bundle.js");
    await promisify(execFile)(process.execPath, [bundle, join(folder, "record")], {
      env: { ...process.env, NODE_ENV: "production", VITEST: undefined },
    });
    const library = await readFile(
      createRequire(import.meta.url).resolve("simple-peer/simplepeer.min.js"),
    );
    server = await createInspectorServer({
      traces: join(folder, "traces"),
      recorder: join(folder, "record", "record.js"),
    });
    site = createServer(async (request, response) => {
      const path = request.url ?? "/";
      if (path === "/simplepeer.min.js") {
        response.writeHead(200, { "content-type": "text/javascript" }).end(library);
        return;
      }
      if (request.method === "POST") {
        let body = "";
        for await (const part of request) body += part;
        told.set(path, JSON.parse(body));
        response.end();
        return;
      }
      if (!/^\/(example|plain|recorded)/.test(path)) {
        response.end("nothing");
        return;
      }
      const script = `<script crossorigin src="${server.url}record.js" data-peer="${path.slice(1)}"></script>`;
      const isExample = path.startsWith("/example");
      response.writeHead(200, { "content-type": "text/html" });
      response.end(`<!doctype html><title>A page</title>${path.startsWith("/plain") ? "" : script}
        <script src="/simplepeer.min.js"></script><script>${isExample ? example : probes}
        let rounds = 0;
        const told = ${isExample ? "log" : "seen"};
        addEventListener("error", (event) => told.push("page error " + event.message));
        const wait = setInterval(() => {
          if (++rounds === 300) told.push("timeout");
          else if (document.title !== "done") return;
          clearInterval(wait);
          const tell = new XMLHttpRequest();
          tell.open("POST", location.pathname);
          tell.send(JSON.stringify(told));
        }, 50);</script>`);
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  });

  afterAll(async () => {
    site?.close();
    site?.closeAllConnections();
    await server?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Opens the page and leaves it open until it has told what it saw. */
  async function visit(browser: string, path: string): Promise<readonly string[]> {
    const url = `http://localhost:${(site.address() as AddressInfo).port}${path}`;
    told.delete(path);
    const close = browser === "firefox" ? await openFirefox(url) : await openChromium(url);
    try {
      return await vi.waitFor(
        () => {
          const lines = told.get(path);
          if (lines === undefined) throw new Error(`${path} has not told yet.`);
          return lines;
        },
        { timeout: 25_000, interval: 100 },
      );
    } finally {
      // The trace of the last moments is still on its way.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await close();
    }
  }

  async function openChromium(url: string): Promise<() => Promise<void>> {
    const browser = await startBrowser();
    const page = await browser.context.newPage();
    await page.goto(url);
    return () => browser.close();
  }

  it.each(browsers)(
    "%s: simple-peer's example is recorded whole",
    async (browser) => {
      const log = await visit(browser, `/example-${browser}`);
      expect(log).toContain("got hey peer2, how is it going?");
      expect(log.filter((line) => /^timeout|error/.test(line))).toEqual([]);
      const { header, events } = await traceOf(server, `example-${browser}`);
      expect(header.peers[0]?.engine).toMatch(browser === "firefox" ? /^Firefox/ : /^Chrome/);
      const creations = events.filter(({ kind }) => kind === "create");
      expect(creations.map(({ pc }) => pc)).toEqual(["pc1", "pc2"]);
      const calls = events.flatMap((event) => (event.kind === "call" ? [event] : []));
      for (const method of ["createDataChannel", "createOffer", "setRemoteDescription"]) {
        const call = calls.find((one) => one.method === method);
        expect(call?.stack, method).toContain("simplepeer.min.js");
        expect(call?.stack).not.toContain("record.js");
      }
      for (const pc of ["pc1", "pc2"]) {
        const states = events.flatMap((event) =>
          event.kind === "state" && event.pc === pc && event.machine === "connection"
            ? [event.to]
            : [],
        );
        expect(states).toContain("connected");
      }
      expect(JSON.stringify(events)).not.toContain("very-secret");
    },
    40_000,
  );

  it.each(browsers)(
    "%s: a page sees the same with the recorder and without it",
    async (browser) => {
      const plain = await visit(browser, `/plain-${browser}`);
      expect(plain.length).toBeGreaterThan(50);
      expect(
        plain.filter((line) => line === "timeout"),
        plain.join(),
      ).toEqual([]);
      expect(await visit(browser, `/recorded-${browser}`)).toEqual(plain);
    },
    60_000,
  );
});

/** The trace of that peer. */
async function traceOf(server: InspectorServer, peer: string): Promise<Trace> {
  const all = (await (await fetch(`${server.url}traces`)).json()) as TraceSummary[];
  const found = all.find(({ peers }) => peers.some(({ id }) => id === peer));
  const text = await (await fetch(`${server.url}traces/${found?.id}`)).text();
  const { trace, diagnostics } = readTrace(text);
  expect(diagnostics).toEqual([]);
  return trace;
}
