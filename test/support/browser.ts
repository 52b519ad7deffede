import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, BrowserContextOptions } from "playwright-core";
import { chromium } from "playwright-core";

/** Where Chrome or Chromium usually is, the most wanted first. */
const usualPlaces: readonly string[] = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** The machine's Chrome or Chromium: `CHROME_PATH`, else one of the usual places; `undefined` when there is none. */
export const chromePath: string | undefined = [process.env["CHROME_PATH"], ...usualPlaces].find(
  (path) => path !== undefined && path !== "" && existsSync(path),
);

/**
 * Whether tests in a real browser can run. Where there is no browser this says once what was left out and how to get it,
 * and with `REQUIRE_BROWSER=1` it throws instead.
 */
export function hasBrowser(): boolean {
  if (chromePath !== undefined) return true;
  const advice =
    "Tests in a real browser need Chrome or Chromium: install one (Debian: apt-get install chromium) or set CHROME_PATH.";
  if (process.env["REQUIRE_BROWSER"] === "1") throw new Error(advice);
  process.stderr.write(`Left out: ${advice}\n`);
  return false;
}

/** A browser with an empty profile of its own. */
export interface TestBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** Starts the browser; nothing of it talks to the outside. */
export async function startBrowser(options: BrowserContextOptions = {}): Promise<TestBrowser> {
  if (chromePath === undefined) throw new Error("There is no browser on this machine.");
  const profile = await mkdtemp(join(tmpdir(), "sdpscope-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
    ...options,
  });
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
