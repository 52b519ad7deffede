import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInspectorServer } from "../lib/serve/server.ts";
import { startBrowser } from "../test/support/browser.ts";

/**
 * Measures what the script tag costs a call: createOffer to the open data channel, audio and video in it, between two
 * connections of one page in Chromium, with the recorder and without it, turn by turn. Needs `npm run build:record`.
 */

const ROUNDS = 60;
const script = new URL("../../../dist/record/record.js", import.meta.url);
readFileSync(script);
const folder = mkdtempSync(join(tmpdir(), "sdpscope-bench-"));
const server = await createInspectorServer({ traces: folder, recorder: script.pathname });
const site = createServer((request, response) => {
  const tag = `<script crossorigin src="${server.url}record.js"></script>`;
  response.writeHead(200, { "content-type": "text/html" });
  response.end(`<!doctype html>${request.url === "/recorded" ? tag : ""}`);
});
await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
const { port } = site.address() as AddressInfo;
const browser = await startBrowser();
const pages = await Promise.all(
  ["plain", "recorded"].map(async (name) => {
    const page = await browser.context.newPage();
    await page.goto(`http://localhost:${port}/${name}`);
    return page;
  }),
);

const call = `(async () => {
  const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
  a.onicecandidate = ({ candidate }) => b.addIceCandidate(candidate);
  b.onicecandidate = ({ candidate }) => a.addIceCandidate(candidate);
  a.addTransceiver("audio");
  a.addTransceiver("video");
  const channel = a.createDataChannel("data");
  const open = new Promise((resolve) => (channel.onopen = resolve));
  const start = performance.now();
  const offer = await a.createOffer();
  const local = a.setLocalDescription(offer);
  await b.setRemoteDescription(offer);
  await local;
  const answer = await b.createAnswer();
  const applied = b.setLocalDescription(answer);
  await a.setRemoteDescription(answer);
  await applied;
  await open;
  const time = performance.now() - start;
  a.close();
  b.close();
  return time;
})()`;

const times: number[][] = [[], []];
for (let round = -5; round < ROUNDS; round++) {
  // The order changes every round, so that neither is always the first.
  const order = round % 2 === 0 ? [0, 1] : [1, 0];
  for (const index of order) {
    await pages[index]?.bringToFront();
    const time = (await pages[index]?.evaluate(call)) as number;
    if (round >= 0) times[index]?.push(time);
  }
}
const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
const [plain = [], recorded = []] = times;
const differences = recorded.map((time, index) => time - (plain[index] ?? 0));
console.log(
  `createOffer → open data channel in Chromium, medians of ${ROUNDS}: ${median(plain).toFixed(1)} ms without, ${median(recorded).toFixed(1)} ms with the recorder; paired difference ${median(differences).toFixed(2)} ms (${((100 * median(differences)) / median(plain)).toFixed(1)} %)`,
);
await browser.close();
site.close();
site.closeAllConnections();
await server.close();
rmSync(folder, { recursive: true, force: true });
