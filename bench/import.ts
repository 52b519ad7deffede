import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { importTrace } from "../lib/trace/import-trace.ts";

/**
 * Measures the import of a webrtc-internals dump of 50 MB: time, and memory with the text and the traces alive at once;
 * then the inspector's page that opens it in Chromium, where a worker reads it: how long its main thread is held up.
 * The dump is made as Chromium 156 writes it: six connections of one long call, a thousand values for each property.
 */

const epoch = 1_795_227_955_900;

const properties: readonly (readonly [string, (index: number, seed: number) => unknown])[] = [
  ["timestamp", (index) => epoch + index * 1000 + 0.521],
  ["bytesReceived", (index, seed) => index * 15_000 * seed],
  ["packetsReceived", (index, seed) => index * 15 * seed],
  ["packetsLost", (index) => Math.floor(index / 50)],
  ["jitter", (index, seed) => ((index * seed) % 97) / 1000],
  ["framesDecoded", (index) => index * 30],
  ["framesPerSecond", () => 30],
  ["frameWidth", () => 1280],
  ["frameHeight", () => 720],
  ["qpSum", (index, seed) => index * 700 + seed],
  ["totalDecodeTime", (index) => index * 0.0412],
  ["jitterBufferDelay", (index) => index * 1.3127],
  ["nackCount", (index) => Math.floor(index / 100)],
  ["kind", () => "video"],
  ["decoderImplementation", () => "libvpx"],
  ["[bytesReceived_in_bits/s]", (_index, seed) => 120_000 * seed],
];

const megabyte = 1024 * 1024;
const given = process.env["IMPORT_BENCH_FILE"];
if (given !== undefined) measure(given);
else {
  // A process of its own: what making the dump took is not what reading it takes.
  const folder = mkdtempSync(join(tmpdir(), "sdpscope-bench-"));
  const file = join(folder, "dump.json");
  writeFileSync(file, makeDump(50 * megabyte));
  execFileSync(process.execPath, [fileURLToPath(import.meta.url)], {
    stdio: "inherit",
    env: { ...process.env, IMPORT_BENCH_FILE: file },
  });
  await openInPage(file, join(folder, "page"));
  rmSync(folder, { recursive: true });
}

/** Opens the dump in the built page. */
async function openInPage(file: string, folder: string): Promise<void> {
  // Loaded here alone: the process that imports is measured without them.
  const { chromium } = await import("playwright-core");
  const { chromePath } = await import("../test/support/browser.ts");
  const { buildPage, servePage } = await import("../test/support/built-page.ts");
  if (chromePath === undefined) return;
  await buildPage(folder, fileURLToPath(new URL("../../../", import.meta.url)));
  const server = await servePage(folder);
  const browser = await chromium.launch({
    executablePath: chromePath,
    args: ["--no-sandbox", "--disable-gpu", "--enable-blink-features=ForceEagerMeasureMemory"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.url);
    await page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, { tasks });
      const chosen = document.querySelector("input[type=file]");
      chosen?.addEventListener("change", () => performance.mark("opened"), { capture: true });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.push(duration);
      }).observe({ entryTypes: ["longtask"] });
    });
    await page.setInputFiles("input[type=file]", file);
    await page.waitForSelector("#lanes canvas", { state: "attached", timeout: 120_000 });
    const picture = await page.evaluate(
      () => performance.now() - (performance.getEntriesByName("opened")[0]?.startTime ?? 0),
    );
    await page.waitForSelector(".findings[data-judged]", { state: "attached", timeout: 120_000 });
    await page.waitForTimeout(1000);
    const { tasks, bytes } = await page.evaluate(async () => ({
      tasks: (globalThis as unknown as { readonly tasks: readonly number[] }).tasks,
      bytes: await (
        performance as unknown as {
          measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
        }
      )
        .measureUserAgentSpecificMemory()
        .then((measured) => measured.bytes),
    }));
    console.log(
      `the same opened in the inspector (Chromium ${browser.version()}): first picture after ${picture.toFixed(0)} ms, longest task of the page's main thread ${tasks.length === 0 ? "under 50" : Math.max(...tasks).toFixed(0)} ms, page and worker hold ${(bytes / 1e6).toFixed(0)} MB`,
    );
  } finally {
    await browser.close();
    await server.close();
  }
}

function measure(file: string): void {
  const text = readFileSync(file, "utf8");
  const before = process.resourceUsage().maxRSS / 1024;
  const start = performance.now();
  const { traces } = importTrace(text);
  const time = performance.now() - start;
  const after = process.resourceUsage().maxRSS / 1024;
  const events = traces.reduce((sum, trace) => sum + trace.events.length, 0);
  console.log(
    `import a webrtc-internals dump of ${(text.length / megabyte).toFixed(0)} MB: ${time.toFixed(0)} ms, ${events} events`,
  );
  console.log(
    `memory of the process: ${before.toFixed(0)} MB with the text read, at most ${after.toFixed(0)} MB`,
  );
  const cutStart = performance.now();
  const cut = importTrace(text.slice(0, text.length * 0.9));
  console.log(
    `the same, cut off at nine tenths: ${(performance.now() - cutStart).toFixed(0)} ms, ${cut.traces.length} session`,
  );
}

function makeDump(size: number): string {
  const connections: Record<string, unknown> = {};
  let length = 0;
  for (let connection = 1; length < size; connection++) {
    const one = {
      pid: 17_028,
      url: "https://call.example/",
      rtcConfiguration: '{"iceServers":[]}',
      updateLog: makeLog(connection),
      stats: makeStats(connection, Math.min(size - length, size / 6)),
    };
    length += JSON.stringify(one).length;
    connections[`8-${connection}`] = one;
  }
  return JSON.stringify(
    { getUserMedia: [], PeerConnections: connections, timestamp: epoch, UserAgent: "Chrome/156" },
    null,
    1,
  );
}

function makeLog(connection: number): readonly object[] {
  const sdp = `v=0\r\no=- ${connection}234567 2 IN IP4 127.0.0.1\r\n${"a=rtpmap:96 VP8/90000\r\n".repeat(300)}`;
  return Array.from({ length: 200 }, (_, index) => ({
    timestamp: epoch + index * 50,
    type: index % 4 === 0 ? "setRemoteDescription" : "onicecandidate",
    value:
      index % 4 === 0
        ? JSON.stringify({ type: "offer", sdp })
        : JSON.stringify({
            sdpMid: "0",
            candidate: `candidate:${index} 1 udp 2113937151 192.0.2.1 ${index + 1000} typ host`,
          }),
  }));
}

function makeStats(connection: number, size: number): Readonly<Record<string, unknown>> {
  const stats: Record<string, unknown> = {};
  let length = 0;
  for (let object = 0; length < size; object++) {
    for (const [property, value] of properties) {
      const values = JSON.stringify(
        Array.from({ length: 1000 }, (_, index) => value(index, object + connection)),
      );
      length += values.length + 150;
      stats[`IT01V${connection}${object}-${property}`] = {
        startTime: new Date(epoch).toISOString(),
        endTime: new Date(epoch + 1_000_000).toISOString(),
        statsType: "inbound-rtp",
        values,
      };
    }
  }
  return stats;
}
