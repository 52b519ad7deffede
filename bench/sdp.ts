import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PerformanceObserver, performance } from "node:perf_hooks";
// The package has declarations, but its exports do not lead to them.
// @ts-expect-error
import { parse as parseWebex } from "@webex/ts-sdp";
import fippo from "sdp";
import * as sdpTransform from "sdp-transform";
import semantic from "semantic-sdp";
import { parseCandidate } from "../lib/ice/parse-candidate.ts";
import { filterCodecs } from "../lib/offer-answer/filter-codecs.ts";
import { attributes } from "../lib/sdp/attributes/catalog.ts";
import type { MediaDescription, SessionDescription } from "../lib/sdp/description.ts";
import type { SdpDocument } from "../lib/sdp/document.ts";
import { rejectSection } from "../lib/sdp/edit/reject-section.ts";
import { setAttribute } from "../lib/sdp/edit/set-attribute.ts";
import { setBandwidth } from "../lib/sdp/edit/set-bandwidth.ts";
import { setDirection } from "../lib/sdp/edit/set-direction.ts";
import { explain } from "../lib/sdp/explain.ts";
import { parse } from "../lib/sdp/parse.ts";
import { readDescription } from "../lib/sdp/read-description.ts";
import { stringify } from "../lib/sdp/stringify.ts";

/**
 * Measures lib/sdp against the other SDP libraries of npm, in one process, on recorded descriptions.
 * Prints Markdown. Every figure is the median of rounds in which all rows take turns. Run by `npm run bench`.
 */

/** Takes every result, so that the compiler cannot leave work out. */
let sink = 0;

/** What the filters keep. */
const kept = ["VP8", "opus"];

const fixtures = join(import.meta.dirname, "../../../test/fixtures/sdp");
const chromium = readFileSync(
  join(fixtures, "chromium-156.0.8078.79/avd-gathered.offer.sdp"),
  "utf8",
);
const firefox = readFileSync(join(fixtures, "firefox-153.7.0esr/avd-gathered.offer.sdp"), "utf8");
const documents = [
  { name: "Chromium", text: chromium },
  { name: "Firefox", text: firefox },
  { name: "SFU, 60 sections", text: repeatSections(chromium, 60) },
] as const;

for (const document of documents) compare(document.name, document.text);
measureMemory();
await measureGrowth();
measureEdits();
measureHostileLines();
if (Number.isNaN(sink)) throw new Error("A run returned no number.");

/** A description with many sections, as an SFU sends it: the video section of a recorded one, under new mids. */
function repeatSections(text: string, count: number): string {
  const [session = "", ...media] = text.split(/(?=^m=)/m);
  const video = media.find((section) => section.startsWith("m=video")) ?? "";
  const sections = Array.from({ length: count }, (_, mid) =>
    video.replace(/^a=mid:.*$/m, `a=mid:${mid}`),
  );
  const mids = sections.map((_, mid) => mid).join(" ");
  return session.replace(/^a=group:.*$/m, `a=group:BUNDLE ${mids}`) + sections.join("");
}

interface Row {
  readonly name: string;
  /** Does the work once and returns something of it, so that none of it can be left out. */
  readonly run: (text: string) => number;
}

function compare(name: string, text: string): void {
  const lines = text.split("\r\n").length - 1;
  const rows: readonly Row[] = [
    { name: 'text.split("\\r\\n")', run: () => text.split("\r\n").length },
    { name: "**sdpscope** `parse`", run: () => parse(text).media.length },
    { name: "**sdpscope** `parse`, every line read", run: () => touch(parse(text)) },
    { name: "sdp-transform `parse`", run: () => sdpTransform.parse(text).media.length },
    { name: "sdp (fippo) `splitSections`", run: () => fippo.splitSections(text).length },
    {
      name: "**sdpscope** `parse` + `readDescription`, every field read",
      run: () => touchAll(readDescription(text)),
    },
    { name: "@webex/ts-sdp `parse`", run: () => parseWebex(text).avMedia.length },
    {
      name: "semantic-sdp `SDPInfo.process`",
      run: () => semantic.SDPInfo.process(text).getMedias().length,
    },
    { name: "**sdpscope** parse → filterCodecs → stringify", run: () => filterOurs(text) },
    { name: "sdp-transform parse → filter → write", run: () => filterTheirs(text) },
  ];
  const times = medians(
    rows.map(
      ({ run }) =>
        () =>
          run(text),
    ),
  );
  const of = (part: string) =>
    times[rows.findIndex((row) => row.name.includes(part))] ?? Number.NaN;
  console.log(`\n### ${name}: ${lines} lines, ${(text.length / 1024).toFixed(1)} kB\n`);
  console.log("| | µs | sdp-transform `parse` = 1 |\n|---|--:|--:|");
  const base = of("sdp-transform `parse`");
  rows.forEach((row, at) => {
    const time = times[at] ?? Number.NaN;
    console.log(`| ${row.name} | ${(time * 1000).toFixed(1)} | ${(base / time).toFixed(1)} × |`);
  });
  console.log(
    `\nparse is ${(base / of("** `parse`")).toFixed(1)} × as fast as sdp-transform (wanted 25), with every line read ${(base / of("every line")).toFixed(1)} ×, and that takes ${(of("every line") / of("split(")).toFixed(2)} × as long as split; with readDescription ${(base / of("readDescription")).toFixed(1)} × (wanted 5); filter ${(of("parse → filter →") / of("filterCodecs")).toFixed(1)} × (wanted 15).`,
  );
}

function touch(document: SdpDocument): number {
  return document.media.reduce(
    (sum, { lines }) => sum + lines.length,
    document.session.lines.length,
  );
}

/** Reads every field of a description, so that nothing that is made when it is first asked for stays unmade. */
function touchAll(description: SessionDescription): number {
  const { origin, name, connection, groups, bundle, iceLite, iceOptions } = description;
  let sum = (origin?.sessionId.length ?? 0) + (name?.length ?? 0) + (bundle?.mids.length ?? 0);
  sum += (connection?.address.length ?? 0) + groups.length + iceOptions.length;
  if (iceLite || description.extmapAllowMixed) sum++;
  for (const media of description.media) sum += touchMedia(media);
  return sum;
}

function touchMedia(media: MediaDescription): number {
  const { line, kind, port, portCount, protocol, formats, mid, direction, sctp, simulcast } = media;
  let sum = line.source.length + kind.length + port + portCount + protocol.length + formats.length;
  sum += (mid?.length ?? 0) + direction.length + media.section.lines.length + media.index;
  if (media.isRejected || media.isBundleOnly || media.isRtp || media.hasEndOfCandidates) sum++;
  if (media.hasRtcpMux || media.hasRtcpMuxOnly || media.hasRtcpRsize) sum++;
  if (media.hasExtmapAllowMixed) sum++;
  for (const codec of media.codecs) {
    sum += codec.name.length + codec.clockRate + (codec.channels ?? 0) + codec.payloadType;
    sum += (codec.fmtp?.length ?? 0) + codec.feedback.length + codec.format.length;
    sum += (codec.rtpmapLine?.source.length ?? 0) + codec.fmtpLines.length;
    sum += codec.feedbackLines.length;
  }
  for (const { candidate } of media.candidates) {
    sum += candidate.foundation.length + candidate.component + candidate.transport.length;
    sum += candidate.priority + candidate.address.length + candidate.port + candidate.type.length;
    sum += (candidate.relatedAddress?.length ?? 0) + (candidate.tcpType?.length ?? 0);
    sum += candidate.extensions.length;
  }
  const { ice, dtls, connection } = media;
  sum += (ice.ufrag?.length ?? 0) + (ice.pwd?.length ?? 0) + ice.options.length;
  sum += (dtls.setup?.length ?? 0) + (dtls.tlsId?.length ?? 0) + (connection?.address.length ?? 0);
  for (const { algorithm, value } of dtls.fingerprints) sum += algorithm.length + value.length;
  for (const { id, uri } of media.extensions) sum += id + uri.length;
  for (const { stream, track } of media.msids) sum += stream.length + (track?.length ?? 0);
  for (const { id, restrictions } of media.rids) sum += id.length + restrictions.length;
  for (const { ssrc, attributes } of media.sources) sum += ssrc + attributes.length;
  for (const { semantics, ssrcs } of media.sourceGroups) sum += semantics.length + ssrcs.length;
  for (const { type, value } of media.bandwidths) sum += type.length + value;
  return sum + (sctp?.maxMessageSize ?? 0) + (simulcast?.send.length ?? 0);
}

function filterOurs(text: string): number {
  return readLast(stringify(filterCodecs(parse(text), kept)));
}

/** The same with sdp-transform, as users write it: drop what is not kept from every list that names payload types. */
function filterTheirs(text: string): number {
  const session = sdpTransform.parse(text);
  for (const media of session.media) {
    if (media.type !== "audio" && media.type !== "video") continue;
    const codecs = media.rtp
      .filter(({ codec }) => kept.includes(codec))
      .map(({ payload }) => payload);
    const repairs = media.fmtp
      .filter(({ config }) => codecs.some((payload) => config === `apt=${payload}`))
      .map(({ payload }) => payload);
    const all = new Set([...codecs, ...repairs]);
    media.rtp = media.rtp.filter(({ payload }) => all.has(payload));
    media.fmtp = media.fmtp.filter(({ payload }) => all.has(payload));
    media.rtcpFb = (media.rtcpFb ?? []).filter(
      ({ payload }) => payload === "*" || all.has(Number(payload)),
    );
    media.payloads = String(media.payloads)
      .split(" ")
      .filter((payload) => all.has(Number(payload)))
      .join(" ");
  }
  return readLast(sdpTransform.write(session));
}

/** The last character, for which the engine has to join a text that it has only noted the parts of. */
function readLast(text: string): number {
  return text.charCodeAt(text.length - 1);
}

/**
 * 10 times the text, up to 10 MB, by longer sections, by more of them, and by very many small ones. Next to ours the same
 * for `text.split` and sdp-transform, and apart from the whole what remains without the pauses of garbage collection:
 * they come in leaps, because objects are moved when more of them live than the young generation holds.
 */
async function measureGrowth(): Promise<void> {
  console.log("\n### Growth: 10 times the text takes at most 11 times as long\n");
  console.log(
    "In brackets: times the row above; behind the bar the same without garbage collection.\n",
  );
  const steps: readonly Row[] = [
    { name: "`parse`", run: (text) => parse(text).media.length },
    { name: "`parse`, every line read", run: (text) => touch(parse(text)) },
    { name: "`readDescription`", run: (text) => touchAll(readDescription(text)) },
    { name: "filter", run: filterOurs },
    { name: 'split("\\r\\n")', run: (text) => text.split("\r\n").length },
    { name: "sdp-transform", run: (text) => sdpTransform.parse(text).media.length },
  ];
  console.log(`| text | ${steps.map(({ name }) => `${name}, ms`).join(" | ")} |`);
  console.log(`|---|${steps.map(() => "--:|").join("")}`);
  const candidate = "a=candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host generation 0\r\n";
  const shapes = [
    {
      name: "candidates",
      sizes: [100_000, 1_000_000, 10_000_000],
      make: (bytes: number) => chromium + candidate.repeat(bytes / candidate.length),
    },
    {
      name: "sections",
      sizes: [23, 230, 2300],
      make: (count: number) => repeatSections(chromium, count),
    },
    { name: "small sections", sizes: [50, 500, 5000], make: smallSections },
  ];
  for (const { name, sizes, make } of shapes) {
    let before: readonly Timing[] = [];
    for (const size of sizes) {
      const text = flat(make(size));
      const timings: Timing[] = [];
      for (const { run } of steps) timings.push(await withoutGc(() => run(text)));
      const cells = timings.map(({ all, own }, at) => {
        const last = before[at];
        if (last === undefined) return `${all.toFixed(2)} \\| ${own.toFixed(2)}`;
        const [times, ownTimes] = [all / last.all, own / last.own];
        return `${all.toFixed(2)} (${times.toFixed(1)}) \\| ${own.toFixed(2)} (${ownTimes.toFixed(1)})`;
      });
      const label = `${name}, ${(text.length / 1e6).toFixed(2)} MB, ${parse(text).media.length} sections`;
      console.log(`| ${label} | ${cells.join(" | ")} |`);
      before = timings;
    }
  }
}

/** Sections of ten lines each, as a description with very many of them has. */
function smallSections(count: number): string {
  const sections = Array.from(
    { length: count },
    (_, mid) =>
      `m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:${mid}\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\na=setup:actpass\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10\r\na=rtcp-mux\r\na=sendrecv\r\n`,
  );
  const mids = sections.map((_, mid) => mid).join(" ");
  return `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE ${mids}\r\n${sections.join("")}`;
}

/** Milliseconds of a run, median of several: all of it, and what remains without the pauses of garbage collection. */
interface Timing {
  readonly all: number;
  readonly own: number;
}

async function withoutGc(run: () => number): Promise<Timing> {
  let pauses = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) pauses += duration;
  });
  observer.observe({ entryTypes: ["gc"] });
  const start = performance.now();
  for (let warm = 0; warm < 300 && performance.now() - start < 400; warm++) sink += run();
  const once = performance.now();
  sink += run();
  const repeats = Math.max(1, Math.min(300, Math.ceil(10 / (performance.now() - once))));
  await told();
  const timings: Timing[] = [];
  for (let round = 0; round < 15; round++) {
    pauses = 0;
    const from = performance.now();
    for (let time = 0; time < repeats; time++) sink += run();
    const all = performance.now() - from;
    await told();
    timings.push({ all: all / repeats, own: (all - pauses) / repeats });
  }
  observer.disconnect();
  const median = (pick: (timing: Timing) => number) =>
    timings.map(pick).sort((a, b) => a - b)[timings.length >> 1] ?? Number.NaN;
  return { all: median(({ all }) => all), own: median(({ own }) => own) };
}

/** Waits until observers have been told of what happened. */
function told(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

/** An edit of every section, one after the other, each on the document that the one before has made. */
function measureEdits(): void {
  console.log("\n### Edits of a whole document, one section after the other\n");
  const counts = [20, 200, 2000];
  console.log(`| | ${counts.map((count) => `${count} sections, ms`).join(" | ")} |`);
  console.log(`|---|${counts.map(() => "--:|").join("")}`);
  const edits: readonly (readonly [string, (document: SdpDocument, at: number) => SdpDocument])[] =
    [
      ["`setDirection`", (document, at) => setDirection(document, at, "recvonly")],
      ["`setAttribute`", (document, at) => setAttribute(document, at, "mid", `x${at}`)],
      ["`setBandwidth`", (document, at) => setBandwidth(document, at, { as: 500 })],
      ["`rejectSection`", (document, at) => rejectSection(document, at)],
    ];
  for (const [name, edit] of edits) {
    const cells = counts.map((count) => {
      const text = smallSections(count);
      const start = performance.now();
      let document = parse(text);
      for (let at = 0; at < count; at++) document = edit(document, at);
      sink += stringify(document).length;
      return (performance.now() - start).toFixed(1);
    });
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  }
}

/**
 * What a document holds beside its text, and with a description read, by the heap before and after very many of them.
 * Collected until nothing more goes: what other measurements left behind would go in between and be taken off.
 */
function measureMemory(): void {
  const { gc } = globalThis as { readonly gc?: () => void };
  if (!gc) return;
  const heap = () => {
    for (let before = Number.POSITIVE_INFINITY; ; ) {
      gc();
      const { heapUsed } = process.memoryUsage();
      if (heapUsed >= before - 1000) return heapUsed;
      before = heapUsed;
    }
  };
  console.log("\n### Memory: a document with its text, at most 6 times the text\n");
  console.log(
    "| | lines read, bytes | times the text | with the description, bytes | times the text |",
  );
  console.log("|---|--:|--:|--:|--:|");
  for (const { name, text } of documents) {
    const count = Math.ceil(8_000_000 / text.length);
    const cells = [touch, (document: SdpDocument) => touchAll(readDescription(document))].map(
      (use) => {
        const held: SdpDocument[] = [];
        const before = heap();
        for (let at = 0; at < count; at++) {
          const document = parse(flat(`${text}a=x-copy:${at}\r\n`));
          sink += use(document);
          held.push(document);
        }
        const bytes = (heap() - before) / held.length;
        return `${bytes.toFixed(0)} | ${(bytes / text.length).toFixed(1)}`;
      },
    );
    console.log(`| ${name}, ${text.length} characters, ${count} copies | ${cells.join(" | ")} |`);
  }
}

/** A line of one megabyte in every attribute, of every character that a grammar looks for. */
function measureHostileLines(): void {
  const names = [...attributes.map(({ name }) => name), "unknown"];
  const fillings = [
    " ",
    "a",
    "0",
    ";",
    ",",
    "=",
    ":",
    "/",
    "~",
    "a=",
    "1 ",
    "a;",
    "a,",
    "a=1;",
    "\t",
    "a=a",
    "%",
    "a 1 ",
  ];
  const starts = ["", "1 send ", "96 ", "1 1 udp 1 192.0.2.1 9 typ host "];
  let slowest = { time: 0, name: "" };
  let count = 0;
  for (const name of names) {
    for (const filling of fillings) {
      const value = filling.repeat(1_000_000 / filling.length);
      for (const start of starts) {
        count++;
        const text = flat(
          `v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=${name}:${start}${value}\r\n`,
        );
        const label = `a=${name}:${start}${filling.trim() || "blank"}…`.replaceAll("\t", "tab");
        let steps = hostileSteps(text);
        // A pause of the machine is not the line's: what seems slow is tried again.
        for (let again = 0; again < 4 && worstOf(steps).time > 25; again++) {
          const other = hostileSteps(text);
          steps = steps.map((step, at) => ({
            ...step,
            time: Math.min(step.time, other[at]?.time ?? step.time),
          }));
        }
        const worst = worstOf(steps);
        if (worst.time > slowest.time)
          slowest = { time: worst.time, name: `${worst.name} of ${label}` };
      }
    }
  }
  console.log("\n### Hostile lines of 1 MB\n");
  console.log(
    `The slowest of ${count}: ${slowest.time.toFixed(1)} ms (${slowest.name}); wanted below 50 ms.`,
  );
}

interface Step {
  readonly name: string;
  readonly time: number;
}

/** Reads, explains and judges a text whose second media line is the hostile one, each timed apart, in milliseconds. */
function hostileSteps(text: string): readonly Step[] {
  const from = now();
  const { document } = readDescription(text);
  const read = now();
  explain(document.media[0]?.lines[1] ?? "");
  const explained = now();
  sink += document.diagnostics.length;
  const judged = now();
  const line = document.media[0]?.lines[1]?.source ?? "";
  if (line.startsWith("a=candidate:")) sink += parseCandidate(line).diagnostics.length;
  const parsed = now();
  return [
    { name: "readDescription", time: read - from },
    { name: "explain", time: explained - read },
    { name: "diagnostics", time: judged - explained },
    { name: "parseCandidate", time: parsed - judged },
  ];
}

function worstOf(steps: readonly Step[]): Step {
  return steps.reduce((worst, step) => (step.time > worst.time ? step : worst));
}

/** The processor time used so far, in milliseconds: on a machine that does other work, too, the clock would measure that. */
function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The text as one piece in memory, not as a rope that the first reader would have to join. */
function flat(text: string): string {
  return Buffer.from(text).toString("utf8");
}

/** The median time of each run in milliseconds. The runs take turns, so that a busy machine slows all of them. */
function medians(runs: readonly (() => number)[], rounds = 41): readonly number[] {
  const repeats = runs.map((run) => {
    const start = now();
    // Until the engine has compiled it for good; what runs longer than that once need not run again.
    for (let warm = 0; warm < 3000 && now() - start < 400; warm++) sink += run();
    const once = now();
    sink += run();
    return Math.max(1, Math.min(500, Math.ceil(4 / (now() - once))));
  });
  const times: number[][] = runs.map(() => []);
  for (let round = 0; round < rounds; round++) {
    runs.forEach((run, at) => {
      const count = repeats[at] ?? 1;
      const start = now();
      for (let time = 0; time < count; time++) sink += run();
      times[at]?.push((now() - start) / count);
    });
  }
  return times.map((list) => list.sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN);
}
