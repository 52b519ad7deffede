import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import type { TraceEvent } from "../../lib/trace/event.ts";
import { readTrace } from "../../lib/trace/file.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";

const servers = [{ urls: "turn:turn.example", username: "user", credential: "very-secret" }];
const answer = { answer: { type: "answer", sdp: "v=0\r\n" }, iceServers: servers };

describe.runIf(hasBrowser())("a page that keeps its own trace", () => {
  let folder: string;
  let site: Server;
  let sockets: WebSocketServer;
  let browser: TestBrowser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-page-"));
    const bundle = join(import.meta.dirname, "../../lib/record/bundle.js");
    await promisify(execFile)(process.execPath, [bundle, folder], {
      env: { ...process.env, NODE_ENV: "production", VITEST: undefined },
    });
    const script = await readFile(join(folder, "record.js"), "utf8");
    sockets = new WebSocketServer({ noServer: true });
    site = createServer((request, response) => {
      if (request.url === "/record.js") {
        // Nobody listens there: the page is alone with its trace.
        response.writeHead(200, { "content-type": "text/javascript" });
        response.end(`globalThis.sdpscopeIntake = "ws://127.0.0.1:9/intake";\n${script}`);
      } else if (request.url === "/whip") {
        response.end(JSON.stringify(answer));
      } else if (request.url === "/missing") {
        response.writeHead(404).end("nothing here");
      } else {
        response.setHeader("content-type", "text/html");
        if (request.url === "/shut") {
          response.setHeader("content-security-policy", "connect-src 'none'");
        }
        response.end(`<!doctype html><title>A page</title><script src="/record.js"></script>`);
      }
    });
    site.on("upgrade", (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, (opened) => {
        opened.on("message", () => opened.send(JSON.stringify(answer)));
      });
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    browser = await startBrowser({ acceptDownloads: true });
  });

  afterAll(async () => {
    await browser?.close();
    sockets?.close();
    site?.close();
    site?.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(path: string): Promise<Page> {
    const page = await browser.context.newPage();
    await page.goto(`http://localhost:${(site.address() as AddressInfo).port}${path}`);
    return page;
  }

  /** What `sdpscopeDownload()` saves, as text and read. */
  async function download(page: Page) {
    const saved = page.waitForEvent("download");
    await page.evaluate("sdpscopeDownload()");
    const file = await saved;
    const text = await readFile(await file.path(), "utf8");
    const { trace, diagnostics } = readTrace(text);
    return { name: file.suggestedFilename(), text, events: trace.events, diagnostics };
  }

  /** Runs a script in a recorded page and gives what was recorded. */
  async function recorded(script: string): Promise<readonly TraceEvent[]> {
    const page = await open("/");
    await page.evaluate(`(async () => { ${script} })()`);
    const { events, text } = await download(page);
    expect(text).not.toContain("very-secret");
    await page.close();
    return events;
  }

  it("keeps the trace and says how to save it where its policy forbids every connection", async () => {
    const page = await open("/shut");
    const warned = page.waitForEvent("console", {
      predicate: (message) => message.text().includes("sdpscopeDownload()"),
      timeout: 15_000,
    });
    await page.evaluate("new RTCPeerConnection().createOffer({ offerToReceiveAudio: true })");
    await warned;
    const { name, events, diagnostics } = await download(page);
    expect(diagnostics).toEqual([]);
    expect(name).toMatch(/^page-.*\.sdpscope\.jsonl$/);
    expect(events).toMatchObject([
      { seq: 1, kind: "create", pc: "pc1" },
      { seq: 2, kind: "call", method: "createOffer" },
      { kind: "settle", result: { type: "offer", sdp: expect.stringMatching(/^v=0/) } },
    ]);
    await page.close();
  });

  it("keeps the latest 50,000 events, and its file says which are missing", async () => {
    const page = await open("/");
    await page.evaluate(`
      const pc = new RTCPeerConnection();
      for (let count = 0; count < 51_000; count++) pc.dispatchEvent(new Event("negotiationneeded"));
    `);
    const { events, diagnostics } = await download(page);
    const first = events[0]?.seq ?? 0;
    expect([first > 1, events.length <= 50_000, events.at(-1)?.seq]).toEqual([true, true, 51_001]);
    expect(diagnostics).toMatchObject([
      { code: "trace/seq-gap", message: { en: `Events 1–${first - 1} are missing.` } },
    ]);
    await page.close();
  });

  it("tells why a connection could not be made, and where", async () => {
    const events = await recorded(`
      function makeOne() {
        try { new RTCPeerConnection({ iceServers: [{ urls: "nonsense:", credential: "very-secret" }] }); } catch {}
      }
      makeOne();
      new RTCPeerConnection().close();
    `);
    expect(events.slice(0, 4)).toMatchObject([
      {
        kind: "call",
        pc: "pc1",
        method: "constructor",
        arguments: [{ iceServers: [{ urls: "nonsense:", credential: "(removed)" }] }],
        stack: expect.stringMatching(/^ {4}at makeOne /),
      },
      { kind: "settle", error: { name: "SyntaxError" } },
      { kind: "end", pc: "pc1", reason: "closed" },
      { kind: "create", pc: "pc2" },
    ]);
  });

  it("has the connections that were made of a frame's class", async () => {
    const events = await recorded(`
      const frame = document.createElement("iframe");
      document.body.append(frame);
      const { RTCPeerConnection: Inner } = frame.contentWindow;
      await new Inner().createOffer();
      document.body.append(Object.assign(document.createElement("iframe"), { src: "data:text/html,x" }));
    `);
    expect(events).toMatchObject([
      { kind: "create", pc: "pc1" },
      { kind: "call", method: "createOffer" },
      { kind: "settle" },
    ]);
  });

  it("has what XMLHttpRequest carries, also when it waits, and without credentials", async () => {
    const events = await recorded(`
      const offer = JSON.stringify({ type: "offer", sdp: "v=0", iceServers: ${JSON.stringify(servers)} });
      const ask = (path, isAsync, type) => new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open("POST", path, isAsync);
        if (type) request.responseType = type;
        request.onloadend = resolve;
        request.send(offer);
      });
      await ask("/whip", true, "json");
      await ask("/whip", false);
      await ask("/missing", true);
    `);
    const out = { kind: "signal", direction: "out", transport: "http", type: "offer" };
    const back = {
      kind: "signal",
      direction: "in",
      transport: "http",
      type: "answer",
      status: 200,
    };
    const iceServers = [{ urls: "turn:turn.example", username: "user", credential: "(removed)" }];
    expect(events).toMatchObject([
      { ...out, data: { iceServers } },
      { ...back, data: { ...answer, iceServers } },
      out,
      back,
      out,
      { kind: "note", text: "A request that carried signaling was answered 404." },
    ]);
  });

  it("has no credentials of what fetch and sockets carry, nor of configurations", async () => {
    const events = await recorded(`
      const iceServers = ${JSON.stringify(servers)};
      const pc = new RTCPeerConnection({ iceServers });
      pc.setConfiguration({ iceServers });
      const body = JSON.stringify({ type: "offer", sdp: "v=0", iceServers });
      await (await fetch("/whip", { method: "POST", body })).json();
      const socket = new WebSocket(location.href.replace("http", "ws"));
      await new Promise((resolve) => (socket.onopen = resolve));
      socket.send('42["join",' + JSON.stringify(body) + "]");
      await new Promise((resolve) => (socket.onmessage = resolve));
    `);
    expect(events.filter(({ kind }) => kind === "signal")).toHaveLength(4);
    expect(JSON.stringify(events).split("(removed)")).toHaveLength(7);
  });
});
