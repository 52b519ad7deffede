import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { writeLine } from "../lib/trace/file.ts";
import { chromePath } from "../test/support/browser.ts";
import { crowdedTrace } from "../test/support/crowded-trace.ts";

/**
 * Measures the inspector in a real Chromium, drawn by software as on a machine without a graphics card: how long a trace of
 * 100,000 and of 1,000,000 events takes from the file to the first picture and to the findings, how the page keeps up with
 * panning and zooming (the time between frames, and the script in them), and how much memory page and worker hold.
 */

const SIZES = [100_000, 1_000_000];
const ROUNDS = 3;
const FRAMES = 90;

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(tmpdir(), `sdpscope-bench-${process.pid}`);
mkdirSync(folder, { recursive: true });
execFileSync(
  process.execPath,
  [
    join(root, "node_modules/vite/bin/vite.js"),
    "build",
    "--outDir",
    join(folder, "page"),
    "--logLevel",
    "error",
  ],
  { cwd: root, stdio: "inherit" },
);
const server = createServer((request, response) => {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  try {
    const body = readFileSync(join(folder, "page", path === "/" ? "index.html" : path));
    response.writeHead(200, {
      "content-type": contentTypes[extname(path)] ?? "text/html",
      // Measuring the memory of a page with its workers needs a page that is alone in its process.
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
const contentTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const fixtures = join(root, "test/fixtures/sdp/chromium-156.0.8078.79");
const sdp = {
  offer: readFileSync(join(fixtures, "av.offer.sdp"), "utf8"),
  answer: readFileSync(join(fixtures, "av.answer.sdp"), "utf8"),
};

try {
  for (const size of SIZES) {
    const file = join(folder, `${size}.sdpscope.jsonl`);
    const { header, events } = crowdedTrace(size, sdp);
    writeFileSync(file, writeLine(header));
    for (let from = 0; from < events.length; from += 20_000) {
      writeFileSync(
        file,
        events
          .slice(from, from + 20_000)
          .map(writeLine)
          .join(""),
        { flag: "a" },
      );
    }
    const results: Result[] = [];
    for (let round = 0; round < ROUNDS; round++) results.push(await measure(file));
    const best = (pick: (result: Result) => number): string => {
      const sorted = results.map(pick).toSorted((a, b) => a - b);
      return `${(sorted[ROUNDS >> 1] ?? 0).toFixed(1)} (${(sorted[0] ?? 0).toFixed(1)}–${(sorted.at(-1) ?? 0).toFixed(1)})`;
    };
    console.log(
      `${size.toLocaleString("en")} events, ${(readFileSync(file).length / 1e6).toFixed(0)} MB`,
    );
    console.log(`  file → first picture: ${best(({ open }) => open)} ms`);
    console.log(`  file → findings: ${best(({ judged }) => judged)} ms`);
    for (const motion of ["pan", "zoom", "scroll"] as const) {
      console.log(
        `  ${motion}: median frame ${best((result) => result[motion].frame)} ms, slowest of 20 ${best((result) => result[motion].slow)} ms, script a frame ${best((result) => result[motion].script)} ms`,
      );
    }
    console.log(`  memory of page and worker: ${best(({ memory }) => memory)} MB`);
  }
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

interface Motion {
  readonly frame: number;
  readonly slow: number;
  readonly script: number;
}

interface Result {
  readonly open: number;
  readonly judged: number;
  readonly pan: Motion;
  readonly zoom: Motion;
  readonly scroll: Motion;
  readonly memory: number;
}

async function measure(file: string): Promise<Result> {
  const browser: Browser = await chromium.launch({
    ...(chromePath !== undefined && { executablePath: chromePath }),
    args: ["--no-sandbox", "--disable-gpu", "--enable-blink-features=ForceEagerMeasureMemory"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url);
    await page.evaluate(() => {
      document.querySelector("input[type=file]")?.addEventListener(
        "change",
        () => {
          performance.mark("opened");
        },
        { capture: true },
      );
    });
    await page.setInputFiles("input[type=file]", file);
    const open = await sinceOpened(page, "#lanes canvas");
    const judged = await sinceOpened(page, ".findings[data-judged]");
    // What came up while judging is over: the page is at rest.
    await page.waitForTimeout(500);
    for (let step = 0; step < 6; step++) await page.keyboard.press("KeyW");
    await page.waitForTimeout(200);
    const pan = await move(page, "pan");
    const zoom = await move(page, "zoom");
    const scroll = await move(page, "scroll");
    const memory = await page.evaluate(async () => {
      const measured = await (
        performance as unknown as {
          measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
        }
      ).measureUserAgentSpecificMemory();
      return measured.bytes / 1e6;
    });
    return { open, judged, pan, zoom, scroll, memory };
  } finally {
    await browser.close();
  }
}

/** Milliseconds from the file's choice to the frame after something came up. */
async function sinceOpened(page: Page, selector: string): Promise<number> {
  await page.waitForSelector(selector, { state: "attached", timeout: 120_000 });
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            const opened = performance.getEntriesByName("opened")[0]?.startTime ?? 0;
            resolve(performance.now() - opened);
          }),
        );
      }),
  );
}

/** Moves the view once a frame, as a wheel does, and measures the time between frames and the script in them. */
async function move(page: Page, motion: "pan" | "zoom" | "scroll"): Promise<Motion> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const script = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "ScriptDuration")?.value ?? 0;
  };
  const before = await script();
  const frames = await page.evaluate(
    async ({ kind, count }) => {
      const target = document.querySelector(kind === "scroll" ? ".ladder .body" : "#lanes .groups");
      const box = target?.getBoundingClientRect();
      const times: number[] = [];
      let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      for (let index = 0; index < count; index++) {
        const direction = index % 60 < 30 ? 1 : -1;
        if (kind === "scroll") target?.scrollBy(0, 60 * direction);
        else {
          target?.dispatchEvent(
            new WheelEvent("wheel", {
              bubbles: true,
              cancelable: true,
              clientX: (box?.left ?? 0) + 700,
              clientY: (box?.top ?? 0) + 50,
              ...(kind === "pan"
                ? { deltaX: 40 * direction }
                : { deltaY: 30 * direction, ctrlKey: true }),
            }),
          );
        }
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        times.push(now - last);
        last = now;
      }
      return times;
    },
    { kind: motion, count: FRAMES },
  );
  const spent = ((await script()) - before) * 1000;
  await session.detach();
  const sorted = frames.toSorted((a, b) => a - b);
  return {
    frame: sorted[frames.length >> 1] ?? 0,
    slow: sorted[Math.floor(frames.length * 0.95)] ?? 0,
    script: spent / frames.length,
  };
}
