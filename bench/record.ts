import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInspectorServer } from "../lib/serve/server.ts";
import { chromePath } from "../test/support/browser.ts";

/**
 * Measures what the script tag costs a call in Chromium, audio and video in it, from createOffer to the open data channel:
 * how long the recorder itself has the page's thread in that time, which other programs hardly disturb, and how much later
 * the channel opens than without it. Needs `npm run build:record`.
 *
 * - Nothing is attached to the browser. Under a debugger's protocol, as drivers of browsers speak it, V8 notes each stack
 *   twice, the second time up to 200 frames deep, and no user's page is like that. The pages run by themselves and send
 *   their figures.
 * - Each visit is a new site, and so a new process: its first call finds nothing compiled, as that of a user does. The
 *   later ones show what remains in a page that calls often.
 * - The hardest case is a call inside one page: the quickest there is, and with two recorded connections, which one thread
 *   serves. In a call as pages make them the other end is somewhere else: here in a frame of another site, which has a
 *   process of its own and no recorder. No network lies between; one would make the call longer, and not the recorder.
 * - What the stopwatch itself takes of each measured stretch is measured in the same page, on empty ones, and taken off.
 * - The stopwatch shows the time of the clock: where other programs want the processor it counts their time too. So, where
 *   the system tells it (Linux), what the page's thread has of the processor from begin to end is compared as well, with the
 *   recorder and without it, and no stopwatch in the page. That has everything in it, also what the browser does to call a
 *   listener.
 */

const VISITS = 10;
/** Of each visit: the first call, those that nobody counts, and the later ones. */
const CALLS = { first: 1, skipped: 2, later: 8 };

/** Times, where it is asked to, what the recorder hangs on the page: listeners, settled promises, timers, and calls without the browser's own part. */
const stopwatch = `
  const watch = { time: 0, spans: 0, inner: 0, isOn: false };
  const timed = (run) => function (...given) {
    if (!watch.isOn) return Reflect.apply(run, this, given);
    watch.spans++;
    const start = performance.now();
    try { return Reflect.apply(run, this, given); } finally { watch.time += performance.now() - start; }
  };
  const untimed = (run) => function (...given) {
    if (!watch.isOn) return Reflect.apply(run, this, given);
    watch.inner++;
    const start = performance.now();
    try { return Reflect.apply(run, this, given); } finally { watch.time -= performance.now() - start; }
  };
  const call = timed((connection, method, ...given) => connection[method](...given));
  const isTimed = location.pathname.startsWith("/timed");
  if (isTimed) {
    const { addEventListener } = EventTarget.prototype, { then } = Promise.prototype, later = setTimeout;
    EventTarget.prototype.addEventListener = function (type, listener) { addEventListener.call(this, type, timed(listener)); };
    Promise.prototype.then = function (settle, fail) { return then.call(this, timed(settle), fail && timed(fail)); };
    setTimeout = (run, ...given) => later(timed(run), ...given);
    for (const method of ["createOffer", "createAnswer", "setLocalDescription", "setRemoteDescription", "addIceCandidate"]) {
      RTCPeerConnection.prototype[method] = untimed(RTCPeerConnection.prototype[method]);
    }
  }
  /** What an empty stretch shows, and how much more one with an empty part that does not count. */
  const measureStopwatch = () => {
    const show = (run) => {
      watch.time = 0;
      for (let count = 0; count < 2000; count++) run();
      return watch.time / 2000;
    };
    watch.isOn = true;
    const empty = timed(() => {});
    const part = untimed(() => {});
    const around = timed(() => part());
    // The first time compiles them: only the recorder is to be cold in a first call.
    show(empty);
    show(around);
    const span = show(empty);
    const inner = show(around) - span;
    watch.isOn = false;
    return { span, inner };
  };
  const stopped = () => {
    watch.isOn = false;
    const { time, spans, inner } = watch;
    return { time, spans, inner };
  };
  /** The page's thread stands still meanwhile. */
  const askProcessorTime = (when) => {
    const request = new XMLHttpRequest();
    request.open("GET", "/processor-time?" + when, false);
    request.send();
    return Number(request.responseText);
  };
  const started = () => {
    Object.assign(watch, { time: 0, spans: 0, inner: 0, isOn: isTimed });
    return performance.now();
  };`;

/** A call between two connections of the page. */
const callInside = `
  const a = new RTCPeerConnection();
  const b = new RTCPeerConnection();
  a.onicecandidate = ({ candidate }) => call(b, "addIceCandidate", candidate);
  b.onicecandidate = ({ candidate }) => call(a, "addIceCandidate", candidate);
  a.addTransceiver("audio");
  a.addTransceiver("video");
  const channel = a.createDataChannel("data");
  const open = new Promise((resolve) => (channel.onopen = resolve));
  const before = askProcessorTime("before");
  const start = started();
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
  const own = stopped();
  const processor = askProcessorTime("after") - before;
  a.close();
  b.close();
  return { whole, processor, ...own };`;

/** A call with the connection of a frame that has another process. */
const callOutside = `
  const a = new RTCPeerConnection();
  const { port1: port, port2: far } = new MessageChannel();
  const waiting = [];
  const add = (candidate) => call(a, "addIceCandidate", candidate);
  const answered = new Promise((resolve) => {
    port.onmessage = async ({ data: { answer, candidate } }) => {
      if (answer === undefined) return waiting.length === 0 && a.remoteDescription ? add(candidate) : waiting.push(candidate);
      await call(a, "setRemoteDescription", answer);
      for (const one of waiting.splice(0)) add(one);
      resolve();
    };
  });
  frame.contentWindow.postMessage("call", "*", [far]);
  a.onicecandidate = ({ candidate }) => port.postMessage({ candidate: candidate && candidate.toJSON() });
  a.addTransceiver("audio");
  a.addTransceiver("video");
  const channel = a.createDataChannel("data");
  const open = new Promise((resolve) => (channel.onopen = resolve));
  const before = askProcessorTime("before");
  const start = started();
  const offer = await call(a, "createOffer");
  port.postMessage({ offer: { type: offer.type, sdp: offer.sdp } });
  await call(a, "setLocalDescription", offer);
  await answered;
  await open;
  const whole = performance.now() - start;
  const own = stopped();
  const processor = askProcessorTime("after") - before;
  a.close();
  port.postMessage("over");
  return { whole, processor, ...own };`;

/** The other end: it answers, with no recorder. */
const farPage = `<!doctype html><script>
  onmessage = ({ ports: [port] }) => {
    const b = new RTCPeerConnection();
    const waiting = [];
    let isReady = false;
    b.onicecandidate = ({ candidate }) => port.postMessage({ candidate: candidate && candidate.toJSON() });
    port.onmessage = async ({ data }) => {
      if (data === "over") return b.close();
      const { offer, candidate } = data;
      if (offer === undefined) return isReady ? b.addIceCandidate(candidate) : waiting.push(candidate);
      await b.setRemoteDescription(offer);
      isReady = true;
      for (const one of waiting.splice(0)) b.addIceCandidate(one);
      const answer = await b.createAnswer();
      const applied = b.setLocalDescription(answer);
      port.postMessage({ answer: { type: answer.type, sdp: answer.sdp } });
      await applied;
    };
  };
</script>`;

const kinds = ["plain", "recorded", "timed", "timed-far"] as const;
type Kind = (typeof kinds)[number];

/** What a page says of one call, in milliseconds. */
interface Call {
  readonly whole: number;
  /** What the page's thread had of the processor. */
  readonly processor: number;
  /** In the recorder, with what the stopwatch takes of it. */
  readonly time: number;
  readonly spans: number;
  readonly inner: number;
}

/** What a page says of itself. */
interface Visit {
  readonly calls: readonly Call[];
  readonly stopwatch: { readonly span: number; readonly inner: number };
}

const script = new URL("../../../dist/record/record.js", import.meta.url);
readFileSync(script);
if (chromePath === undefined) throw new Error("There is no Chromium: set CHROME_PATH.");
const folder = mkdtempSync(join(tmpdir(), "sdpscope-bench-"));
const server = await createInspectorServer({
  traces: join(folder, "traces"),
  recorder: script.pathname,
});

// The order turns, so that none is always the first.
const plan = Array.from({ length: VISITS }, (_, visit) =>
  kinds.map((_, index): Kind => kinds[(visit + index) % kinds.length] ?? "plain"),
).flat();
const visits: Record<Kind, Visit[]> = { plain: [], recorded: [], timed: [], "timed-far": [] };
let done: () => void = () => {};
const finished = new Promise<void>((resolve) => (done = resolve));

function pageOf(kind: Kind): string {
  const isFar = kind === "timed-far";
  const { first, skipped, later } = CALLS;
  const frame = `<iframe src="http://far-${visits[kind].length}.localhost:${port}/far"></iframe>`;
  const tag = `<script crossorigin src="${server.url}record.js"></script>`;
  return `<!doctype html><script>${stopwatch}</script>${kind === "plain" ? "" : tag}${isFar ? frame : ""}<script>
    const frame = document.querySelector("iframe");
    const oneCall = async () => {${isFar ? callOutside : callInside}};
    const pause = () => new Promise((resolve) => setTimeout(resolve, 250));
    onload = async () => {
      const stopwatch = measureStopwatch();
      const calls = [];
      for (let count = 0; count < ${first + skipped + later}; count++) {
        // What the recorder does when the page is idle is over by the next call.
        await pause();
        calls.push(await oneCall());
      }
      const answer = await fetch("/visit/${kind}", { method: "POST", body: JSON.stringify({ calls, stopwatch }) });
      location.href = await answer.text();
    };
  </script>`;
}

const site = createServer(async (request, response) => {
  // Isolated, a page's clock counts in steps of 5 µs instead of 100 µs.
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-embedder-policy", "require-corp");
  response.setHeader("cross-origin-resource-policy", "cross-origin");
  if (request.url?.startsWith("/processor-time")) {
    // A process that was just started may be a page by now.
    if (request.url.endsWith("?before")) pages.clear();
    response.end(`${processorTime()}`);
    return;
  }
  const kind = kinds.find((one) => request.url?.endsWith(`/${one}`));
  if (request.method === "POST" && kind !== undefined) {
    visits[kind].push(JSON.parse(await bodyOf(request)) as Visit);
    response.end(nextAddress());
    return;
  }
  response.setHeader("content-type", "text/html");
  if (kind !== undefined) response.end(pageOf(kind));
  else response.end(request.url === "/far" ? farPage : "<!doctype html>The end.");
});
await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
const { port } = site.address() as AddressInfo;

const pages = new Map<string, boolean>();
let number = 0;
function nextAddress(): string {
  const next = plan.shift();
  if (next === undefined) done();
  number++;
  return next === undefined ? "/end" : `http://visit-${number}.localhost:${port}/${next}`;
}

/** What the main threads of the browser's pages had of the processor so far, in milliseconds; one alone is busy. `NaN` where the system does not say. */
function processorTime(): number {
  try {
    return readdirSync("/proc")
      .filter((id) => /^\d+$/.test(id) && isPage(id))
      .map((id) => Number(readFileSync(`/proc/${id}/task/${id}/schedstat`, "utf8").split(" ")[0]))
      .reduce((sum, nanoseconds) => sum + nanoseconds / 1e6, 0);
  } catch {
    return Number.NaN;
  }
}

/** Whether a process is one of a page, by its name and the browser among its parents. */
function isPage(id: string): boolean {
  let known = pages.get(id);
  if (known === undefined) {
    known =
      readFileSync(`/proc/${id}/cmdline`, "utf8").includes("--type=renderer") && isOfBrowser(id);
    pages.set(id, known);
  }
  return known;
}

function isOfBrowser(id: string): boolean {
  const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? "0";
  return parent !== "0" && (Number(parent) === browser.pid || isOfBrowser(parent));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request) body += part;
  return body;
}

const flags =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
const browser = spawn(
  chromePath,
  [...flags.split(" "), `--user-data-dir=${join(folder, "profile")}`, nextAddress()],
  { stdio: "ignore" },
);
browser.once("exit", (code) => {
  if (plan.length === 0) return;
  console.error(`The browser ended early, with ${code}.`);
  process.exit(1);
});
await finished;
const gone = new Promise((resolve) => browser.once("exit", resolve));
browser.kill();
await gone;
site.close();
site.closeAllConnections();
await server.close();
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

const at = (list: readonly number[], part: number): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length * part)] ?? Number.NaN;
const median = (list: readonly number[]): number => at(list, 0.5);
const ms = (time: number): string => `${time.toFixed(2)} ms`;
const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
const callsOf = (kind: Kind, isFirst: boolean) =>
  visits[kind].flatMap(({ calls, stopwatch }) =>
    (isFirst ? calls.slice(0, CALLS.first) : calls.slice(CALLS.first + CALLS.skipped)).map(
      ({ whole, processor, time, spans, inner }) => ({
        whole,
        processor,
        own: time - spans * stopwatch.span - inner * stopwatch.inner,
        time,
      }),
    ),
  );

const ends: readonly (readonly [Kind, string])[] = [
  ["timed", "both ends in the page, both recorded"],
  ["timed-far", "the other end in another process, not recorded"],
];
for (const [kind, name] of ends) {
  for (const isFirst of [true, false]) {
    const calls = callsOf(kind, isFirst);
    const own = median(calls.map((call) => call.own));
    const whole = median(calls.map((call) => call.whole));
    const watched = median(calls.map((call) => call.time));
    console.log(
      `${name}, ${whichCalls(isFirst)}: ${ms(own)} of ${ms(whole)} in the recorder, ${share(own, whole)} (median of ${calls.length}; ${ms(watched)} with the stopwatch's own time)`,
    );
  }
}
const figures = [
  ["the page's thread has of the processor", "processor"],
  ["createOffer → open data channel", "whole"],
] as const;
for (const [name, figure] of figures) {
  for (const isFirst of [true, false]) {
    const [without, withIt] = (["plain", "recorded"] as const).map((kind) =>
      callsOf(kind, isFirst).map((call) => call[figure]),
    ) as [number[], number[]];
    const shown = (list: readonly number[]): string =>
      `${ms(median(list))} (middle half ${at(list, 0.25).toFixed(1)}–${at(list, 0.75).toFixed(1)})`;
    console.log(
      `both ends in the page, ${whichCalls(isFirst)}, ${name}: ${shown(without)} without the recorder, ${shown(withIt)} with it; median of ${without.length}`,
    );
  }
}

function whichCalls(isFirst: boolean): string {
  return isFirst ? "first call of a new page" : "later calls";
}
