import type { Codec } from "../codec/codec.ts";
import { readValue } from "./attribute.ts";
import type { Rtpmap } from "./attributes/rtpmap.ts";
import { rtpmap } from "./attributes/rtpmap.ts";
import { ssrcGroup } from "./attributes/ssrc-group.ts";
import type { MediaDescription, SourceGroup } from "./description.ts";
import type { Section } from "./document.ts";
import { encodingOf, payloadTypeOf } from "./encoding.ts";
import { media } from "./lines/media.ts";
import { NameIndex } from "./name-index.ts";
import { Scanner } from "./scanner.ts";
import type { LinePlace } from "./text-section.ts";
import { LineCursor, textOf } from "./text-section.ts";
import { isWordAt, wordAt } from "./word-at.ts";

/** A codec and its format, as text, in the `m=` line. */
export interface FormatCodec extends Codec {
  readonly format: string;
  readonly payloadType: number;
}

/** Of a media description, what decides about its formats. Every `MediaDescription` is one. */
export interface MediaFormats
  extends Pick<
    MediaDescription,
    "section" | "index" | "kind" | "port" | "isRtp" | "isRejected" | "isBundleOnly" | "formats"
  > {
  readonly codecs: readonly FormatCodec[];
  readonly sourceGroups: readonly Omit<SourceGroup, "line">[];
}

/** A line that names a format, its own first: the attribute's name, and where in the section's text the format stands. */
export interface FormatLine extends LinePlace {
  readonly name: FormatAttribute;
  readonly format: string;
  readonly formatStart: number;
  /** The place of the format in the list of the `m=` line; −1 when it is not there. */
  readonly at: number;
}

/** The attributes whose lines name formats, or sources that belong to formats. */
export type FormatAttribute = (typeof formatAttributes)[number];

const formatAttributes = [
  "rtpmap",
  "fmtp",
  "rtcp-fb",
  "imageattr",
  "framesize",
  "packetization",
  "rid",
  "simulcast",
  "ssrc",
  "ssrc-group",
] as const;

/** The formats of a section, and the lines that name them: what is needed to remove or rename some. */
export interface FormatReading extends MediaFormats {
  /** The first place of each format in the list of the `m=` line. */
  readonly places: ReadonlyMap<string, number>;
  readonly text: string;
  readonly mediaLine: LinePlace;
  /** In their order; the first run of them stands as one. */
  readonly lines: readonly (FormatLine | PlacedRun)[];
}

/**
 * Lines of rtpmap, fmtp and rtcp-fb without another one between them: mostly all that a section has. Many sections of one
 * description have the same run; its lines have the places of the section that it was first read in.
 */
export interface FormatRun extends LinePlace {
  /** Of the section that it was first read in. */
  readonly section: string;
  readonly lines: readonly FormatLine[];
}

/** Where a run stands in its section. */
export interface PlacedRun extends LinePlace {
  readonly name: "run";
  readonly run: FormatRun;
}

/** The last section read under each `m=` line. */
type KnownFormats = Map<string, KnownSection>;

interface KnownSection {
  readonly head: Head;
  /** Absent where it is not all that is said of the codecs. */
  readonly run: KnownRun | undefined;
}

/** A run with all that it says. */
interface KnownRun extends Pick<Draft, "rtpmaps" | "parameters"> {
  readonly run: FormatRun;
  readonly text: string;
  readonly codecs: readonly FormatCodec[];
}

/** What the `m=` line says, its port NaN where that cannot be read, with the first place of each format in it. */
interface Head extends Pick<MediaFormats, "kind" | "port" | "isRtp" | "formats"> {
  readonly places: ReadonlyMap<string, number>;
}

/**
 * Reads the formats of a media section and nothing else of it: what stands in `readDescription` under the same names,
 * for a small part of its price, because only the lines that speak of formats are read, and none is cut off the text.
 */
export function readFormats(section: Section): FormatReading {
  return read(section, new Map());
}

/**
 * Reads the formats of all media sections of a description. A run of lines that a section before has, too, under the same `m=` line
 * is compared instead of read, and the two readings have the same `formats` and `codecs`.
 */
export function readAllFormats(sections: readonly Section[]): readonly FormatReading[] {
  const known: KnownFormats = new Map();
  return sections.map((section) => read(section, known));
}

function read(section: Section, sections: KnownFormats): FormatReading {
  const text = textOf(section);
  const scan = new Scanner();
  const cursor = new LineCursor(text);
  cursor.step();
  const mediaLine = placeOf(cursor);
  const source = text.slice(cursor.start, cursor.end);
  const twin = sections.get(source);
  const head = twin?.head ?? readHead(scan.reset(source, 2));
  const { formats, places } = head;
  const draft: Draft = { rtpmaps: [], parameters: [], sourceGroups: [], isBundleOnly: false };
  const lines: (FormatLine | PlacedRun)[] = [];
  let expected = twin?.run;
  let shared: KnownRun | undefined;
  let format = "";
  let at = -1;
  while (cursor.step()) {
    const { start, end } = cursor;
    if (text.charCodeAt(start) !== LETTER_A || text.charCodeAt(start + 1) !== EQUALS) continue;
    const { nameEnd } = cursor;
    const name = names.find(text, start + 2, nameEnd);
    if (name === undefined) continue;
    if (name === "bundle-only") {
      draft.isBundleOnly = true;
      continue;
    }
    const { number, next } = cursor;
    if (expected !== undefined && isOfRun(name)) {
      // Comparing a piece of the text is many times as fast as `startsWith` for a text of this length.
      if (text.slice(start, start + expected.text.length) === expected.text) {
        shared = expected;
        draft.rtpmaps = shared.rtpmaps.slice();
        draft.parameters = shared.parameters.slice();
        cursor.skip(shared.run.lines.length, shared.text.length);
        lines.push({
          name: "run",
          number,
          start,
          end: cursor.next,
          next: cursor.next,
          run: shared.run,
        });
      }
      expected = undefined;
      if (shared !== undefined) continue;
    }
    let formatStart = Math.min(nameEnd + 1, end);
    while (formatStart < end && text.charCodeAt(formatStart) === SPACE) formatStart++;
    // Most lines name the format of the line before, or else the next one of the m= line: no word need be made for them.
    if (!isWordAt(text, formatStart, end, format)) {
      const following = formats[at + 1] ?? "";
      const isFollowing = isWordAt(text, formatStart, end, following);
      format = isFollowing ? following : wordAt(text, formatStart, end);
      at = places.get(format) ?? -1;
    }
    lines.push({ number, start, end, next, name, format, formatStart, at });
    switch (name) {
      case "rtpmap": {
        if (at < 0 || draft.rtpmaps[at] !== undefined) break;
        draft.rtpmaps[at] = readValue(rtpmap, scan, text.slice(start, end), formatStart - start);
        break;
      }
      case "fmtp": {
        // The grammar of fmtp is this and no more: a format, a blank, and all the rest.
        const from = formatStart + format.length + 1;
        if (at < 0 || from >= end) break;
        const value = text.slice(from, end);
        const before = draft.parameters[at];
        draft.parameters[at] = before === undefined ? value : `${before};${value}`;
        break;
      }
      case "ssrc-group": {
        const value = readValue(ssrcGroup, scan, text.slice(start, end), formatStart - start);
        if (value) draft.sourceGroups.push(value);
        break;
      }
    }
  }
  const run = shared === undefined ? joinRun(lines, text) : undefined;
  const isComplete = !lines.some(({ name }) => name !== "run" && isOfRun(name));
  const codecs = shared !== undefined && isComplete ? shared.codecs : codecsOf(head, draft);
  if (shared === undefined) {
    const known = isComplete && run !== undefined ? knownRun(run, codecs, draft) : undefined;
    sections.set(source, { head, run: known });
  }
  return {
    section,
    text,
    index: section.index,
    kind: head.kind,
    port: Number.isNaN(head.port) ? 0 : head.port,
    isRtp: head.isRtp,
    isBundleOnly: draft.isBundleOnly,
    isRejected: head.port === 0 && !draft.isBundleOnly,
    formats,
    places,
    codecs,
    sourceGroups: draft.sourceGroups,
    mediaLine,
    lines,
  };
}

/** Without an LF at its end the last line of a run could go on in another section. */
function knownRun(
  run: FormatRun,
  codecs: readonly FormatCodec[],
  { rtpmaps, parameters }: Draft,
): KnownRun | undefined {
  const text = run.section.slice(run.start, run.next);
  return text.endsWith("\n") ? { run, text, codecs, rtpmaps, parameters } : undefined;
}

function isOfRun(name: FormatAttribute): boolean {
  return name === "rtcp-fb" || name === "rtpmap" || name === "fmtp";
}

/** Puts the first run of lines in their place as one, and gives it. There is no run among the lines yet. */
function joinRun(lines: (FormatLine | PlacedRun)[], section: string): FormatRun | undefined {
  const from = lines.findIndex(({ name }) => name !== "run" && isOfRun(name));
  if (from < 0) return undefined;
  const { number, start, next: second } = lines[from] as FormatLine;
  let to = from + 1;
  let end = second;
  for (; to < lines.length; to++) {
    const line = lines[to] as FormatLine;
    if (line.start !== end || !isOfRun(line.name)) break;
    end = line.next;
  }
  const place = { number, start, end, next: end };
  const run: FormatRun = { section, ...place, lines: lines.slice(from, to) as FormatLine[] };
  lines.splice(from, to - from, { name: "run", ...place, run });
  return run;
}

function readHead(scan: Scanner): Head {
  const { kind, port, protocol, formats } = media.read(scan);
  const places = new Map<string, number>();
  for (let at = 0; at < formats.length; at++) {
    const format = formats[at] as string;
    if (!places.has(format)) places.set(format, at);
  }
  const isRtp = protocol.includes("RTP/");
  return { kind, port, isRtp, formats, places };
}

const names: NameIndex<FormatAttribute | "bundle-only"> = new NameIndex(
  ([...formatAttributes, "bundle-only"] as const).map((name) => [name, name] as const),
);

/** What the lines say of the formats, by their place in the `m=` line. */
interface Draft {
  rtpmaps: (Rtpmap | undefined)[];
  parameters: (string | undefined)[];
  readonly sourceGroups: Omit<SourceGroup, "line">[];
  isBundleOnly: boolean;
}

function placeOf({ number, start, end, next }: LinePlace): LinePlace {
  return { number, start, end, next };
}

function codecsOf(
  { places, kind, isRtp }: Head,
  { rtpmaps, parameters }: Draft,
): readonly FormatCodec[] {
  const codecs: FormatCodec[] = [];
  for (const [format, at] of places) {
    const payloadType = payloadTypeOf(format);
    if (payloadType < 0) continue;
    const encoding = encodingOf(payloadType, isRtp, rtpmaps[at]);
    if (encoding === undefined) continue;
    const { name, clockRate, channels } = encoding;
    const codec: Writable<FormatCodec> = { format, payloadType, name, clockRate };
    const text = parameters[at];
    if (kind === "audio" && channels !== undefined) codec.channels = channels;
    if (text !== undefined) codec.fmtp = text;
    codecs.push(codec);
  }
  return codecs;
}

/** A type as it is while its value is put together. */
type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const LETTER_A = 0x61;
const EQUALS = 0x3d;
const SPACE = 0x20;
