import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInspectorServer } from "../lib/serve/server.ts";
import { startBrowser } from "../test/support/browser.ts";

/**
 * Measures what the script tag costs a call: createOffer to the open data channel, audio and video in it, between two
 * connections of one page in Chromium, with the recorder and without it, turn by turn. First how long the recorder itself
 * has the page's thread in that time, which other programs hardly disturb; then how much later the channel opens.
 * Needs `npm run build:record`.
 */

const ROUNDS = 100;
/** Times, where it is asked to, what the recorder hangs on the page: listeners, settled promises, timers, and calls without the browser's own part. */
const clock = `
  const recorder = { time: 0, isTimed: false };
  const timed = (run, sign = 1) => function (...given) {
    if (!recorder.isTimed) return Reflect.apply(run, this, given);
    const start = performance.now();
    try { return Reflect.apply(run, this, given); } finally { recorder.time += sign * (performance.now() - start); }
  };
  const call = (connection, method, ...given) => timed(() => connection[method](...given))();
  if (location.pathname === "/timed") {
    const { addEventListener } = EventTarget.prototype, { then } = Promise.prototype, later = setTimeout;
    EventTarget.prototype.addEventListener = function (type, listener) { addEventListener.call(this, type, timed(listener)); };
    Promise.prototype.then = function (...given) { return then.apply(this, given.map((one) => timed(one))); };
    setTimeout = (run, ...given) => later(timed(run), ...given);
    for (const method of ["createOffer", "createAnswer", "setLocalDescription", "setRemoteDescription", "addIceCandidate"]) {
      RTCPeerConnection.prototype[method] = timed(RTCPeerConnection.prototype[method], -1);
    }
  }`;
const script = new URL("../../../dist/record/record.js", import.meta.url);
readFileSync(script);
const folder = mkdtempSync(join(tmpdir(), "sdpscope-bench-"));
const server = await createInspectorServer({ traces: folder, recorder: script.pathname });
const site = createServer((request, response) => {
  const tag = `<script crossorigin src="${server.url}record.js"></script>`;
  response.writeHead(200, {
    "content-type": "text/html",
    // Isolated, a page's clock counts in steps of 5 µs instead of 100 µs.
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  });
  response.end(`<!doctype html><script>${clock}</script>${request.url === "/plain" ? "" : tag}`);
});
await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
const { port } = site.address() as AddressInfo;
const browser = await startBrowser();
const pages = await Promise.all(
  ["plain", "recorded", "timed"].map(async (name) => {
    const page = await browser.context.newPage();
    await page.goto(`http://localhost:${port}/${name}`);
    return page;
  }),
);

const handshake = `(async () => {
  const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
  a.onicecandidate = ({ candidate }) => call(b, "addIceCandidate", candidate);
  b.onicecandidate = ({ candidate }) => call(a, "addIceCandidate", candidate);
  a.addTransceiver("audio");
  a.addTransceiver("video");
  const channel = a.createDataChannel("data");
  const open = new Promise((resolve) => (channel.onopen = resolve));
  recorder.time = 0;
  recorder.isTimed = location.pathname === "/timed";
  const start = performance.now();
  const offer = await call(a, "createOffer");
  const local = call(a, "setLocalDescription", offer);
  await call(b, "setRemoteDescription", offer);
  await local;
  const answer = await call(b, "createAnswer");
  const applied = call(b, "setLocalDescription", answer);
  await call(a, "setRemoteDescription", answer);
  await applied;
  await open;
  const whole = performance.now() - start;
  recorder.isTimed = false;
  a.close();
  b.close();
  return [whole, recorder.time];
})()`;

const times: number[][] = [[], [], []];
const own: number[] = [];
for (let round = -5; round < ROUNDS; round++) {
  // The order changes every round, so that neither is always the first.
  const order = round % 2 === 0 ? [0, 1, 2] : [2, 1, 0];
  for (const index of order) {
    await pages[index]?.bringToFront();
    const result = await pages[index]?.evaluate(handshake);
    const [whole, spent] = result as [number, number];
    // The first time everything is slow, with the recorder and without.
    if (round === -5 && index === 2) {
      console.log(
        `first call of a page: ${spent.toFixed(2)} of ${whole.toFixed(1)} ms in the recorder`,
      );
    }
    if (round < 0) continue;
    times[index]?.push(whole);
    if (index === 2) own.push(spent);
  }
}
const at = (list: readonly number[], part: number): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length * part)] ?? Number.NaN;
const median = (list: readonly number[]): number => at(list, 0.5);
const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
const [plain = [], recorded = [], measured = []] = times;
const differences = recorded.map((time, index) => time - (plain[index] ?? 0));
console.log(
  `later calls: ${median(own).toFixed(2)} ms in the recorder, ${share(median(own), median(measured))} of a call (median of ${ROUNDS}); the quickest tenth ${at(own, 0.1).toFixed(2)} ms, ${share(at(own, 0.1), at(measured, 0.1))}`,
);
console.log(
  `createOffer → open data channel in Chromium, medians of ${ROUNDS}: ${median(plain).toFixed(1)} ms without, ${median(recorded).toFixed(1)} ms with the recorder; paired difference ${median(differences).toFixed(2)} ms (${share(median(differences), median(plain))}), middle half ${at(differences, 0.25).toFixed(2)} to ${at(differences, 0.75).toFixed(2)} ms`,
);
await browser.close();
site.close();
site.closeAllConnections();
await server.close();
rmSync(folder, { recursive: true, force: true });
