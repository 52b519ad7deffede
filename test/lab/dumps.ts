import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { type WebSocket as ServerSocket, WebSocketServer } from "ws";
import { chromePath } from "../support/browser.ts";
import { firefoxPath } from "../support/endpoints.ts";
import { startJanus } from "../support/janus.ts";
import { debianVersion } from "./debian.ts";

/**
 * Records what browsers save of sessions: both downloads of chrome://webrtc-internals, a HAR of the signaling,
 * the report and the log of Firefox' about:webrtc, and what Janus tells an event handler about a page that it talks to.
 *
 *     node test/lab/run.mjs dumps [chromium] [firefox] [janus]
 *
 * Needs Chromium, Firefox ESR and Janus. Writes test/fixtures/dumps/<browser>-<version>/ anew.
 */
export async function main(browsers: readonly string[]): Promise<void> {
  const isWanted = (name: string): boolean => browsers.length === 0 || browsers.includes(name);
  const server = await serve();
  try {
    if (isWanted("chromium")) await recordChromium(server.url);
    if (isWanted("firefox")) await recordFirefox(server.url);
    if (isWanted("janus")) await recordJanus(server.url);
  } finally {
    server.close();
  }
}

const fixtures = new URL("../fixtures/dumps/", import.meta.url).pathname;

/** What a page plays by itself, both ends in it. The functions run in the page. */
const scenarios = {
  /** Connects, restarts ICE, closes. */
  call: async (): Promise<void> => {
    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
    a.onicecandidate = ({ candidate }) => void b.addIceCandidate(candidate ?? undefined);
    b.onicecandidate = ({ candidate }) => void a.addIceCandidate(candidate ?? undefined);
    a.createDataChannel("chat");
    a.addTransceiver("audio");
    await a.setLocalDescription(await a.createOffer());
    await b.setRemoteDescription(a.localDescription as RTCSessionDescription);
    await b.setLocalDescription(await b.createAnswer());
    await a.setRemoteDescription(b.localDescription as RTCSessionDescription);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await a.setLocalDescription(await a.createOffer({ iceRestart: true }));
    await b.setRemoteDescription(a.localDescription as RTCSessionDescription);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription as RTCSessionDescription);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    a.close();
    b.close();
  },
  /** Candidates before the description, an answer twice, an offer that cannot be parsed, an offer altered on its way. */
  refused: async (): Promise<void> => {
    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
    (window as unknown as { kept: unknown }).kept = [a, b];
    const refused = (): void => undefined;
    a.onicecandidate = ({ candidate }) => {
      if (candidate) b.addIceCandidate(candidate).catch(refused);
    };
    a.addTransceiver("video");
    const offer = await a.createOffer();
    await a.setLocalDescription(offer);
    await new Promise((resolve) => setTimeout(resolve, 800));
    const altered = offer.sdp?.replace("a=mid:0\r\n", "a=mid:0\r\na=x-relay:1\r\n");
    await b.setRemoteDescription({ type: "offer", sdp: altered ?? "" });
    await b.setLocalDescription(await b.createAnswer());
    const answer = b.localDescription as RTCSessionDescription;
    await a.setRemoteDescription(answer);
    await a.setRemoteDescription(answer).catch(refused);
    const broken = `${offer.sdp?.replace(/^a=fingerprint.*$/gm, "")}zz=1\r\n`;
    await a.setRemoteDescription({ type: "offer", sdp: broken }).catch(refused);
    await new Promise((resolve) => setTimeout(resolve, 1200));
  },
};

/** One end of a call over a WebSocket; the first sends the offer. */
async function playEnd({ url, isFirst }: { url: string; isFirst: boolean }): Promise<void> {
  const pc = new RTCPeerConnection();
  (window as unknown as { kept: unknown }).kept = pc;
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  const send = (message: unknown): void => socket.send(JSON.stringify(message));
  pc.onicecandidate = ({ candidate }) => {
    if (candidate) send({ type: "candidate", candidate });
  };
  let described: (() => void) | undefined;
  const isDescribed = new Promise<void>((resolve) => {
    described = resolve;
  });
  socket.onmessage = async ({ data }) => {
    const message = JSON.parse(String(data));
    if (message.type === "candidate") {
      await isDescribed;
      await pc.addIceCandidate(message.candidate);
      return;
    }
    await pc.setRemoteDescription({ type: message.type, sdp: message.sdp });
    described?.();
    if (message.type !== "offer") return;
    const answer = await pc.createAnswer();
    await pc.setLocalDescription(answer);
    send({ type: "answer", sdp: answer.sdp });
  };
  if (isFirst) {
    pc.createDataChannel("chat");
    const offer = await pc.createOffer();
    await pc.setLocalDescription(offer);
    send({ type: "offer", sdp: offer.sdp });
  }
  await new Promise<void>((resolve) => {
    pc.addEventListener("connectionstatechange", () => {
      if (pc.connectionState === "connected") resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, 1500));
}

async function recordChromium(url: string): Promise<void> {
  const folder = makeFolder(`chromium-${debianVersion("chromium").replace(/-.*/, "")}`);
  for (const [name, play] of Object.entries(scenarios)) {
    const browser = await launch();
    const context = await browser.newContext({ acceptDownloads: true });
    const internals = await openInternals(context);
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate(play);
    await saveDumps(internals, folder, name);
    await browser.close();
  }
  // Two browsers that share nothing but the signaling server, as two machines would.
  const har = join(folder, "alice.har");
  const [first, second] = [await launch(), await launch()];
  const alice = await first.newContext({ recordHar: { path: har, content: "embed" } });
  const bob = await second.newContext();
  const [aliceInternals, bobInternals] = [await openInternals(alice), await openInternals(bob)];
  const [alicePage, bobPage] = [await alice.newPage(), await bob.newPage()];
  await Promise.all([alicePage.goto(url), bobPage.goto(url)]);
  const socket = `${url.replace("http", "ws")}signal`;
  const answering = bobPage.evaluate(playEnd, { url: socket, isFirst: false });
  await sleep(300);
  await Promise.all([alicePage.evaluate(playEnd, { url: socket, isFirst: true }), answering]);
  await saveDumps(aliceInternals, folder, "alice");
  await saveDumps(bobInternals, folder, "bob");
  await alice.close();
  await Promise.all([first.close(), second.close()]);
  writeFileSync(har, withoutOthers(readFileSync(har, "utf8")));
}

/** The HAR keeps the page alone: requests of the browser's own pages are none of the session's. */
function withoutOthers(text: string): string {
  const har = JSON.parse(text) as { log: { entries: { request: { url: string } }[] } };
  har.log.entries = har.log.entries.filter(({ request }) =>
    /^(?:http|ws):\/\/127/.test(request.url),
  );
  return JSON.stringify(har, null, 1);
}

const launch = () =>
  chromium.launch({ executablePath: chromePath as string, headless: true, args: ["--no-sandbox"] });

async function openInternals(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto("chrome://webrtc-internals");
  await sleep(500);
  return page;
}

async function saveDumps(page: Page, folder: string, name: string): Promise<void> {
  await page.bringToFront();
  await page.evaluate(() => {
    for (const one of document.querySelectorAll<HTMLDetailsElement>(
      "details.peer-connection-dump-root",
    ))
      one.open = true;
    (document.getElementById("dump-checkbox") as HTMLInputElement).checked = false;
  });
  for (const [button, file] of [
    ["#dump-click-target", `${name}.internals.json`],
    ["#dump-click-target-rtcstats", `${name}.rtcstats.gz`],
  ] as const) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
    await download.saveAs(join(folder, file));
  }
}

const firefoxPreferences = {
  "marionette.port": 2839,
  "media.aboutwebrtc.hist.enabled": true,
  "media.aboutwebrtc.hist.poll_interval_ms": 250,
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};

async function recordFirefox(url: string): Promise<void> {
  const folder = makeFolder(`firefox-${debianVersion("firefox-esr").replace(/-.*/, "")}`);
  const profile = mkdtempSync(join(tmpdir(), "sdpscope-dumps-"));
  const preferences = Object.entries(firefoxPreferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  writeFileSync(join(profile, "user.js"), preferences.join(""));
  const options = ["--headless", "--marionette", "-remote-allow-system-access"];
  const browser = spawn(
    firefoxPath() as string,
    [...options, "--profile", profile, "--no-remote"],
    {
      stdio: "ignore",
      env: { ...process.env, HOME: profile },
    },
  );
  try {
    const marionette = await openMarionette(firefoxPreferences["marionette.port"]);
    const inPage = (body: string): Promise<unknown> =>
      marionette("WebDriver:ExecuteAsyncScript", {
        script: `const done = arguments[arguments.length - 1]; ${body}`,
        args: [],
      });
    await marionette("WebDriver:NewSession", {});
    await marionette("WebDriver:SetTimeouts", { script: 60_000 });
    const save = async (file: string, call: string): Promise<void> => {
      const answer = (await inPage(call)) as { readonly value: string };
      writeFileSync(join(folder, file), answer.value);
    };
    for (const [name, play] of Object.entries(scenarios)) {
      await marionette("Marionette:SetContext", { value: "content" });
      await marionette("WebDriver:Navigate", { url });
      await inPage(`(${String(play)})().then(done, (error) => done(String(error)));`);
      await marionette("Marionette:SetContext", { value: "chrome" });
      await save(
        `${name}.report.json`,
        "WebrtcGlobalInformation.getAllStats((report) => done(JSON.stringify(report)));",
      );
      await save(
        `${name}.log.json`,
        "WebrtcGlobalInformation.getLogging('', (lines) => done(JSON.stringify(lines)));",
      );
      if (name === "refused") {
        // What "Save Page" writes: the page itself, which stands in the browser's process.
        await marionette("Marionette:SetContext", { value: "content" });
        await marionette("WebDriver:Navigate", { url: "about:webrtc" });
        await sleep(2000);
        const page = (await marionette("WebDriver:GetPageSource", {})) as {
          readonly value: string;
        };
        writeFileSync(join(folder, `${name}.page.html`), page.value);
        await marionette("Marionette:SetContext", { value: "chrome" });
      }
      await inPage(
        "WebrtcGlobalInformation.clearAllStats(); WebrtcGlobalInformation.clearLogging(); done();",
      );
    }
  } finally {
    browser.kill("SIGKILL");
    await sleep(300);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Firefox' remote protocol: `<length>:<JSON>`, `[0, id, command, parameters]` and `[1, id, error, result]`. */
async function openMarionette(
  port: number,
): Promise<(command: string, parameters: unknown) => Promise<unknown>> {
  const socket = await firstConnection(port);
  const waiting = new Map<number, (error: unknown, result: unknown) => void>();
  let received = Buffer.alloc(0);
  const greeting = new Promise<void>((resolve) => {
    socket.on("data", (data: Buffer) => {
      received = Buffer.concat([received, data]);
      for (;;) {
        const colon = received.indexOf(":");
        const length = Number(received.subarray(0, Math.max(0, colon)).toString());
        if (colon === -1 || received.length < colon + 1 + length) return;
        const message: unknown = JSON.parse(
          received.subarray(colon + 1, colon + 1 + length).toString(),
        );
        received = received.subarray(colon + 1 + length);
        if (Array.isArray(message)) waiting.get(message[1])?.(message[2], message[3]);
        else resolve();
      }
    });
  });
  await greeting;
  let last = 0;
  return (command, parameters) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, (error, result) =>
        error ? reject(new Error(JSON.stringify(error))) : resolve(result),
      );
      const text = JSON.stringify([0, id, command, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}

async function firstConnection(port: number): Promise<Socket> {
  for (let tries = 0; ; tries++) {
    try {
      return await new Promise<Socket>((resolve, reject) => {
        const socket = connect(port, "127.0.0.1", () => resolve(socket));
        socket.on("error", reject);
      });
    } catch (error) {
      if (tries === 60) throw error;
      await sleep(500);
    }
  }
}

/** Janus's echo test and a page of Chromium: the server's events and the client's dump of one session. */
async function recordJanus(url: string): Promise<void> {
  const folder = makeFolder(`janus-${debianVersion("janus")}`);
  const lines: string[] = [];
  const handler = createServer((request, response) => {
    let body = "";
    request.on("data", (data) => {
      body += String(data);
    });
    request.on("end", () => {
      lines.push(JSON.stringify(JSON.parse(body)));
      response.end();
    });
  });
  await new Promise<void>((resolve) => handler.listen(0, "127.0.0.1", resolve));
  const { port } = handler.address() as AddressInfo;
  const janus = await startJanus({
    "janus.jcfg": `general: { debug_level = 2 }
     events: { broadcast = true }
     plugins: { disable = "libjanus_sip.so,libjanus_lua.so,libjanus_duktape.so" }
     transports: { disable = "libjanus_http.so,libjanus_rabbitmq.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so" }\n`,
    "janus.eventhandler.sampleevh.jcfg": `general: { enabled = true, events = "all", grouping = true, json = "compact", backend = "http://127.0.0.1:${port}" }\n`,
  });
  const browser = await launch();
  const context = await browser.newContext();
  const internals = await openInternals(context);
  const page = await context.newPage();
  await page.goto(url);
  const echo = await janus.attach("janus.plugin.echotest");
  const offer = await page.evaluate(async () => {
    const pc = new RTCPeerConnection();
    (window as unknown as { pc: unknown }).pc = pc;
    pc.createDataChannel("JanusDataChannel");
    const gathered = new Promise<void>((resolve) => {
      pc.onicecandidate = ({ candidate }) => {
        if (!candidate) resolve();
      };
    });
    await pc.setLocalDescription(await pc.createOffer());
    await gathered;
    return pc.localDescription?.toJSON();
  });
  const { jsep } = await echo.ask({ audio: false, video: false }, offer);
  await page.evaluate(async (answer) => {
    const { pc } = window as unknown as { pc: RTCPeerConnection };
    await pc.setRemoteDescription(answer as RTCSessionDescriptionInit);
    await new Promise((resolve) => setTimeout(resolve, 2500));
  }, jsep);
  await saveDumps(internals, folder, "client");
  await page.evaluate(() => (window as unknown as { pc: RTCPeerConnection }).pc.close());
  await sleep(1000);
  await echo.detach();
  await sleep(500);
  await browser.close();
  await janus.stop();
  handler.close();
  writeFileSync(join(folder, "server.jsonl"), lines.map((line) => `${line}\n`).join(""));
}

/** An empty page, and sockets whose messages go to each other. */
async function serve(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>call</title>");
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket: ServerSocket) => {
    socket.on("message", (data) => {
      for (const other of sockets.clients) if (other !== socket) other.send(String(data));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      sockets.close();
      server.close();
    },
  };
}

function makeFolder(name: string): string {
  const folder = join(fixtures, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
