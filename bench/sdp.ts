import { readFileSync } from "node:fs";
import { join } from "node:path";
// The package has declarations, but its exports do not lead to them.
// @ts-expect-error
import { parse as parseWebex } from "@webex/ts-sdp";
import fippo from "sdp";
import * as sdpTransform from "sdp-transform";
import semantic from "semantic-sdp";
import { filterCodecs } from "../lib/offer-answer/filter-codecs.ts";
import type { SessionDescription } from "../lib/sdp/description.ts";
import type { SdpDocument } from "../lib/sdp/document.ts";
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
measureGrowth();
measureMemory();
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
  readonly run: () => number;
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
      name: "**sdpscope** `parse` + `readDescription`",
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
  const times = medians(rows.map(({ run }) => run));
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

function touchAll({ media }: SessionDescription): number {
  return media.reduce((sum, { codecs, extensions }) => sum + codecs.length + extensions.length, 0);
}

function filterOurs(text: string): number {
  return stringify(filterCodecs(parse(text), kept)).length;
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
  return sdpTransform.write(session).length;
}

/** 10 times the text, up to 10 MB, by longer sections and by more of them. */
function measureGrowth(): void {
  console.log("\n### Growth: 10 times the text takes at most 11 times as long\n");
  console.log(
    "| text | parse, ms | times | with readDescription, ms | times |\n|---|--:|--:|--:|--:|",
  );
  const candidate = "a=candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host generation 0\r\n";
  const shapes = [
    {
      name: "candidates",
      make: (bytes: number) => chromium + candidate.repeat(bytes / candidate.length),
    },
    {
      name: "sections",
      make: (bytes: number) => repeatSections(chromium, Math.ceil(bytes / 4400)),
    },
  ];
  for (const { name, make } of shapes) {
    let before: readonly number[] = [];
    for (const bytes of [100_000, 1_000_000, 10_000_000]) {
      const text = flat(make(bytes));
      const took = medians([() => touch(parse(text)), () => touchAll(readDescription(text))], 5);
      const times = took.map((time, at) =>
        before[at] === undefined ? "" : (time / before[at]).toFixed(1),
      );
      const label = `${name}, ${(text.length / 1e6).toFixed(1)} MB, ${parse(text).media.length} sections`;
      console.log(
        `| ${label} | ${took[0]?.toFixed(2)} | ${times[0]} | ${took[1]?.toFixed(2)} | ${times[1]} |`,
      );
      before = took;
    }
  }
}

/** What a document holds beside its text, by the heap before and after many of them. */
function measureMemory(): void {
  const { gc } = globalThis as { readonly gc?: () => void };
  if (!gc) return;
  console.log("\n### Memory: a document with its text, at most 6 times the text\n");
  console.log("| | bytes of heap | times the text |\n|---|--:|--:|");
  const count = 400;
  for (const { name, text } of documents) {
    gc();
    const before = process.memoryUsage().heapUsed;
    const held = Array.from({ length: count }, (_, at) => {
      const document = parse(flat(text.slice(0, -1) + (at % 10)));
      touch(document);
      return document;
    });
    gc();
    const bytes = (process.memoryUsage().heapUsed - before) / held.length;
    console.log(`| ${name} | ${bytes.toFixed(0)} | ${(bytes / text.length).toFixed(1)} |`);
  }
}

/** A line of one megabyte in every attribute, of every character that a grammar looks for. */
function measureHostileLines(): void {
  const names = [
    ..."ssrc ssrc-group simulcast rid fmtp rtpmap rtcp-fb candidate extmap group msid fingerprint".split(
      " ",
    ),
    ..."ice-options mid setup sctpmap ice-ufrag tls-id imageattr rtcp crypto unknown".split(" "),
  ];
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
  ];
  let slowest = { time: 0, name: "" };
  for (const name of names) {
    for (const filling of fillings) {
      const value = filling.repeat(1_000_000 / filling.length);
      for (const start of ["", "1 send ", "96 "]) {
        const text = flat(
          `v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=${name}:${start}${value}\r\n`,
        );
        const from = now();
        const { document } = readDescription(text);
        const read = now();
        explain(document.media[0]?.lines[1] ?? "");
        const explained = now();
        document.diagnostics.length;
        const judged = now();
        const label = `a=${name}:${start}${filling.trim() || "blank"}…`;
        const steps = [
          ["readDescription", read - from],
          ["explain", explained - read],
          ["diagnostics", judged - explained],
        ] as const;
        for (const [step, time] of steps) {
          if (time > slowest.time)
            slowest = { time, name: `${step} of ${label.replaceAll("\t", "tab")}` };
        }
      }
    }
  }
  console.log("\n### Hostile lines of 1 MB\n");
  console.log(
    `The slowest of ${names.length * fillings.length * 3}: ${slowest.time.toFixed(1)} ms (${slowest.name}); wanted below 50 ms.`,
  );
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
    for (let warm = 0; warm < 30 && now() - start < 300; warm++) run();
    const once = now();
    run();
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
