import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { WebSocketServer } from "ws";
import { chromePath } from "./browser.ts";

/** An installed browser with one empty page open, in which code can be run. */
export interface BrowserPage {
  readonly name: "chromium" | "firefox";
  /** The full version, as in `156.0.8078.79` or `153.7.0esr`. */
  readonly version: string;
  /**
   * Runs a function in the page and returns what it returns, through JSON.
   * The function must not use anything of the file it stands in; what it throws rejects.
   */
  evaluate<Argument, Result>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  close(): Promise<void>;
}

/** Flags that keep Chromium from talking to anything but the page. */
const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--autoplay-policy=no-user-gesture-required",
  // Lets a page that opens thousands of peer connections collect those it closed.
  "--js-flags=--expose-gc",
];

const firefoxPreferences: Readonly<Record<string, string | number | boolean>> = {
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.newtabpage.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "media.autoplay.default": 0,
  "media.gmp-manager.updateEnabled": false,
  "media.gmp-manager.url": "data:,",
  "media.navigator.permission.disabled": true,
  "media.navigator.streams.fake": true,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
};

/** Where the first installed of these programs is, or undefined. */
function findProgram(names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(":");
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** The path of an installed Firefox; the variable FIREFOX_PATH goes first. */
export function firefoxPath(): string | undefined {
  return process.env["FIREFOX_PATH"] ?? findProgram(["firefox-esr", "firefox"]);
}

/** Opens the installed Chromium without a window. Rejects when there is none. */
export async function openChromium(): Promise<BrowserPage> {
  if (chromePath === undefined) throw new Error("No Chromium found; set CHROME_PATH.");
  const server = await servePage("");
  const browser = await chromium.launch({
    executablePath: chromePath,
    headless: true,
    args: chromiumFlags,
  });
  const page = await browser.newPage();
  await page.goto(server.url);
  return {
    name: "chromium",
    version: browser.version(),
    evaluate: (run, argument) =>
      page.evaluate(
        ([source, json]) => {
          // biome-ignore lint/security/noGlobalEval: the lab's own functions are run in the lab's own page.
          const run = globalThis.eval(`(${source})`);
          return Promise.resolve(run(JSON.parse(json))).then((result) => result ?? null);
        },
        [String(run), JSON.stringify(argument ?? null)] as const,
      ),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

/** Opens the installed Firefox without a window; its page calls back by WebSocket. Rejects when there is none. */
export async function openFirefox(): Promise<BrowserPage> {
  const executablePath = firefoxPath();
  if (executablePath === undefined) throw new Error("No Firefox found; set FIREFOX_PATH.");
  const version = /[\d.]+(esr)?$/.exec(
    execFileSync(executablePath, ["--version"], { encoding: "utf8" }).trim(),
  )?.[0];
  const profile = mkdtempSync(join(tmpdir(), "sdpscope-firefox-"));
  writeFileSync(
    join(profile, "user.js"),
    Object.entries(firefoxPreferences)
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
      .join(""),
  );
  const server = await servePage(firefoxAgent);
  const process_ = spawn(
    executablePath,
    ["--headless", "--no-remote", "--profile", profile, server.url],
    { stdio: "ignore", env: { ...process.env, HOME: profile } },
  );
  const waiting = new Map<number, (answer: Answer) => void>();
  const socket = await firstSocket(server.sockets, process_);
  socket.on("message", (data) => {
    const answer = JSON.parse(String(data)) as Answer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  socket.on("close", () => {
    for (const [id, settle] of waiting) settle({ id, error: "Firefox closed its page." });
    waiting.clear();
  });
  let calls = 0;
  return {
    name: "firefox",
    version: version ?? "unknown",
    evaluate: <Argument, Result>(
      run: (argument: Argument) => Result | Promise<Result>,
      argument: Argument,
    ) =>
      new Promise<Result>((resolve, reject) => {
        const id = calls++;
        waiting.set(id, ({ error, result }) =>
          error === undefined ? resolve(result as Result) : reject(new Error(error)),
        );
        socket.send(JSON.stringify({ id, source: String(run), argument: argument ?? null }));
      }),
    close: async () => {
      const gone = once(process_, "exit");
      process_.kill();
      await gone;
      server.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

interface Answer {
  readonly id: number;
  readonly error?: string;
  readonly result?: unknown;
}

const firefoxAgent = `
const socket = new WebSocket("ws://" + location.host);
socket.onmessage = async ({ data }) => {
  const { id, source, argument } = JSON.parse(data);
  try {
    const result = await (0, eval)("(" + source + ")")(argument);
    socket.send(JSON.stringify({ id, result: result ?? null }));
  } catch (error) {
    socket.send(JSON.stringify({ id, error: String(error) }));
  }
};`;

interface PageServer {
  readonly url: string;
  readonly sockets: WebSocketServer;
  close(): void;
}

/** Serves an empty page from 127.0.0.1, which browsers treat as a secure place. */
async function servePage(script: string): Promise<PageServer> {
  const server: Server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><title>lab</title><script>${script}</script>`);
  });
  const sockets = new WebSocketServer({ server, maxPayload: 64 * 2 ** 20 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sockets,
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function firstSocket(sockets: WebSocketServer, process_: ChildProcess) {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(new Error("Firefox opened no page in 60 s.")), 60_000);
  process_.once("exit", (code) => gone.abort(new Error(`Firefox ended with code ${code}.`)));
  try {
    const [socket] = await once(sockets, "connection", { signal: gone.signal });
    return socket as import("ws").WebSocket;
  } catch (error) {
    throw gone.signal.reason ?? error;
  } finally {
    clearTimeout(timer);
  }
}
