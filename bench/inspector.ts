import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { createInspectorServer } from "../lib/serve/server.ts";
import type { TraceEvent, UnrecordedEvent } from "../lib/trace/event.ts";
import { writeLine } from "../lib/trace/file.ts";
import { createRecorder } from "../lib/trace/recorder.ts";
import { chromePath } from "../test/support/browser.ts";
import { crowdedTrace } from "../test/support/crowded-trace.ts";

/**
 * Measures the inspector in a real Chromium, drawn by software as on a machine without a graphics card: how long a trace of
 * 100,000 and of 1,000,000 events takes from the file to the first picture and to the findings, how the page keeps up with
 * panning and zooming (the time between frames, and the script in them), how much memory page and worker hold, and how a
 * session of 100,000 events is followed live. While a trace is judged, the worker is asked for rows again and again: how
 * long an answer takes.
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
    console.log(
      `  an answer while it is judged: median ${best(({ answer }) => answer.median)} ms, slowest ${best(({ answer }) => answer.slowest)} ms`,
    );
    for (const motion of ["pan", "zoom", "scroll"] as const) {
      console.log(
        `  ${motion}: median frame ${best((result) => result[motion].frame)} ms, slowest of 20 ${best((result) => result[motion].slow)} ms, script a frame ${best((result) => result[motion].script)} ms`,
      );
    }
    console.log(`  memory of page and worker: ${best(({ memory }) => memory)} MB`);
  }
  const live = await follow(SIZES[0] ?? 0);
  console.log(
    `live, after ${(SIZES[0] ?? 0).toLocaleString("en")} events, 100 more a second for 6 s`,
  );
  console.log(
    `  frame: median ${live.frame.toFixed(1)} ms, slowest of 100 ${live.slow.toFixed(1)} ms; from recorder to picture: median ${live.delay.toFixed(0)} ms, slowest ${live.latest.toFixed(0)} ms`,
  );
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Follows a long session live: how the frames go while it grows, and how late the page is. Milliseconds. */
async function follow(size: number): Promise<{
  readonly frame: number;
  readonly slow: number;
  readonly delay: number;
  readonly latest: number;
}> {
  let clock = 0;
  const start = Date.now();
  const { header, events } = crowdedTrace(size + 600, sdp);
  const recorder = createRecorder({ id: "live", now: () => start + clock, peers: header.peers });
  const record = (list: readonly TraceEvent[]): void => {
    for (const { seq: _, t, ...event } of list) {
      clock = t;
      recorder.record(event as UnrecordedEvent);
    }
  };
  const inspector = await createInspectorServer({
    port: 0,
    inspector: join(folder, "page"),
    traces: join(folder, "traces"),
  });
  const browser = await chromium.launch({
    ...(chromePath !== undefined && { executablePath: chromePath }),
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    record(events.slice(0, size));
    inspector.attach(recorder);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(inspector.url);
    await page.waitForFunction(
      (count) =>
        document.querySelector(".overview .label")?.textContent?.includes(`${count} events`),
      size,
      { timeout: 120_000 },
    );
    await page.waitForTimeout(3000);
    await page.evaluate(() => {
      const seen: [count: number, at: number][] = [];
      const frames: number[] = [];
      Object.assign(globalThis, { seen, frames });
      const label = document.querySelector(".overview .label");
      const look = (): void => {
        seen.push([Number(/(\d+) events/.exec(label?.textContent ?? "")?.[1]), Date.now()]);
      };
      if (label)
        new MutationObserver(look).observe(label, {
          subtree: true,
          characterData: true,
          childList: true,
        });
      let last = performance.now();
      const frame = (now: number): void => {
        frames.push(now - last);
        last = now;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    const written: [count: number, at: number][] = [];
    for (let count = size; count < size + 600; count += 10) {
      record(events.slice(count, count + 10));
      written.push([count + 10, Date.now()]);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await page.waitForTimeout(4000);
    const { seen, frames } = await page.evaluate(() => {
      const { seen, frames } = globalThis as unknown as {
        seen: [number, number][];
        frames: number[];
      };
      return { seen, frames };
    });
    const delays = written
      .map(([count, at]) => (seen.find(([shown]) => shown >= count)?.[1] ?? Number.NaN) - at)
      .toSorted((a, b) => a - b);
    const sorted = frames.toSorted((a, b) => a - b);
    return {
      frame: sorted[sorted.length >> 1] ?? 0,
      slow: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
      delay: delays[delays.length >> 1] ?? 0,
      latest: delays.at(-1) ?? 0,
    };
  } finally {
    await browser.close();
    await inspector.close();
  }
}

interface Motion {
  readonly frame: number;
  readonly slow: number;
  readonly script: number;
}

interface Result {
  readonly open: number;
  readonly judged: number;
  readonly answer: { readonly median: number; readonly slowest: number };
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
    await page.addInitScript(() => {
      const Original = Worker;
      globalThis.Worker = class extends Original {
        constructor(...given: ConstructorParameters<typeof Original>) {
          super(...given);
          Object.assign(globalThis, { engine: this });
        }
      };
    });
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
    const asking = page.evaluate(askUntilJudged);
    const judged = await sinceOpened(page, ".findings[data-judged]");
    const answer = await asking;
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
    return { open, judged, answer, pan, zoom, scroll, memory };
  } finally {
    await browser.close();
  }
}

/** Asks the page's worker for rows, one question after the other, until the findings are there: how long answers take. Milliseconds. */
async function askUntilJudged(): Promise<Result["answer"]> {
  const { engine } = globalThis as unknown as { readonly engine: Worker };
  const times: number[] = [];
  for (let id = -1; !document.querySelector(".findings[data-judged]"); id--) {
    const asked = performance.now();
    await new Promise<void>((resolve) => {
      const take = ({ data }: MessageEvent<{ readonly id?: number }>): void => {
        if (data.id !== id) return;
        engine.removeEventListener("message", take);
        resolve();
      };
      engine.addEventListener("message", take);
      const indices = Array.from({ length: 40 }, (_, index) => 1000 - id * 40 + index);
      engine.postMessage({ type: "ask", id, question: "rows", ask: { indices } });
    });
    times.push(performance.now() - asked);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? 0, slowest: sorted.at(-1) ?? 0 };
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
