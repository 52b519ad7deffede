import type { Codec } from "../codec/codec.ts";
import { readValue } from "./attribute.ts";
import { ssrcGroup } from "./attributes/ssrc-group.ts";
import type { MediaDescription, SourceGroup } from "./description.ts";
import type { Section } from "./document.ts";
import type { Encoding } from "./encoding.ts";
import { channelsOf, encodingOf, payloadTypeOf } from "./encoding.ts";
import { FormatPlaces } from "./format-places.ts";
import { media } from "./lines/media.ts";
import { Scanner } from "./scanner.ts";
import type { LinePlace } from "./text-section.ts";
import { LineCursor, textOf } from "./text-section.ts";
import { wordAt } from "./word-at.ts";
import type { Writable } from "./writable.ts";

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

/** A line that names formats, or sources that belong to formats. */
export interface FormatLine extends LinePlace {
  readonly name: FormatAttribute;
  /** Where its value begins, behind blanks. */
  readonly from: number;
  /** The place in the list of the `m=` line of the format that it is about; −1 when it is about none of them. */
  readonly at: number;
}

/**
 * Such a line, or the rtpmap, fmtp and rtcp-fb lines of one format that follow each other, with `name` and `from` of the first:
 * most formats have all their lines together, which stay or go together.
 */
export type FormatLines = FormatLine;

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
  readonly text: string;
  readonly places: FormatPlaces;
  readonly mediaLine: LinePlace;
  /** In their order, without those of the shared run. */
  readonly lines: readonly FormatLines[];
  readonly shared: SharedRun | undefined;
}

/**
 * Lines of rtpmap, fmtp and rtcp-fb that follow each other, and all of them that a section has. Many sections of one
 * description have the same, which then are read and rewritten once.
 */
export interface FormatRun {
  /** The section that they were first read in, and where they stand in it. */
  readonly first: FormatReading;
  readonly start: number;
  readonly text: string;
  readonly lines: readonly FormatLines[];
}

/** A run in a section other than the first. */
export interface SharedRun {
  readonly run: FormatRun;
  /** How much further down it stands than in the first. */
  readonly shift: number;
  /** How many of the section's own lines stand before it. */
  readonly before: number;
}

/**
 * Reads the formats of a media section and nothing else of it: what stands in `readDescription` under the same names,
 * for a small part of its price, because only the lines that speak of formats are read, and none is cut off the text.
 */
export function readFormats(section: Section): FormatReading {
  return new Reading(section, new Map());
}

/**
 * Reads the formats of all media sections of a description. A run of lines that the last section under the same `m=` line has, too,
 * is compared instead of read, and the two readings have the same `formats` and `codecs`.
 */
export function readAllFormats(sections: readonly Section[]): readonly FormatReading[] {
  const known = new Map<string, Known>();
  return sections.map((section) => new Reading(section, known));
}

/** What is known of the sections under one `m=` line. */
interface Known {
  readonly head: Head;
  /** The last one of them that was read line by line. */
  last?: FormatReading;
  /** Its run, looked for when another one is read; null when its lines make none. */
  run?: FormatRun | null | undefined;
}

/** The `m=` line is read at once, the lines below it when they are first asked for: nobody asks for those of a data channel. */
class Reading implements FormatReading {
  readonly section: Section;
  readonly text: string;
  readonly mediaLine: LinePlace;
  readonly #known: Known;
  #body: Body | undefined;

  constructor(section: Section, known: Map<string, Known>) {
    const text = textOf(section);
    const cursor = new LineCursor(text);
    cursor.step();
    const { start, end, next } = cursor;
    this.section = section;
    this.text = text;
    this.mediaLine = { start, end, next };
    const source = text.slice(start, end);
    this.#known = known.get(source) ?? { head: readHead(source) };
    known.set(source, this.#known);
  }

  get index(): number {
    return this.section.index;
  }

  get kind(): string {
    return this.#known.head.kind;
  }

  get port(): number {
    const { port } = this.#known.head;
    return Number.isNaN(port) ? 0 : port;
  }

  get isRtp(): boolean {
    return this.#known.head.isRtp;
  }

  get formats(): readonly string[] {
    return this.#known.head.formats;
  }

  get places(): FormatPlaces {
    return this.#known.head.places;
  }

  get isRejected(): boolean {
    return this.#known.head.port === 0 && !this.isBundleOnly;
  }

  get isBundleOnly(): boolean {
    return this.#read().isBundleOnly;
  }

  get codecs(): readonly FormatCodec[] {
    return this.#read().codecs;
  }

  get sourceGroups(): readonly Omit<SourceGroup, "line">[] {
    return this.#read().sourceGroups;
  }

  get lines(): readonly FormatLines[] {
    return this.#read().lines;
  }

  get shared(): SharedRun | undefined {
    return this.#read().shared;
  }

  #read(): Body {
    if (this.#body === undefined) {
      const { text, mediaLine } = this;
      const known = this.#known;
      const { head, last } = known;
      if (last !== undefined && known.run === undefined) known.run = runOf(last);
      this.#body =
        (known.run && readBody(text, mediaLine.next, head, known.run)) ??
        (readBody(text, mediaLine.next, head) as Body);
      if (this.#body.shared === undefined) {
        known.last = this;
        known.run = undefined;
      }
    }
    return this.#body;
  }
}

/** What the `m=` line says, its port NaN where that cannot be read. */
interface Head extends Pick<MediaFormats, "kind" | "port" | "isRtp" | "formats"> {
  readonly places: FormatPlaces;
}

function readHead(source: string): Head {
  const { kind, port, protocol, formats } = media.read(new Scanner().reset(source, 2));
  const isRtp = protocol.includes("RTP/");
  return { kind, port, isRtp, formats, places: new FormatPlaces(formats) };
}

type Body = Pick<FormatReading, "isBundleOnly" | "codecs" | "sourceGroups" | "lines" | "shared">;

/** Reads the lines from an offset on. With a run, `undefined` when something else is said of codecs. */
function readBody(text: string, offset: number, head: Head, run?: FormatRun): Body | undefined {
  const { formats, places } = head;
  const encodings: (Encoding | undefined)[] = [];
  const parameters: (string | undefined)[] = [];
  const sourceGroups: Omit<SourceGroup, "line">[] = [];
  const lines: FormatLines[] = [];
  let last: Writable<FormatLines> | undefined;
  let isBundleOnly = false;
  let shared: SharedRun | undefined;
  const cursor = new LineCursor(text, offset);
  while (cursor.step()) {
    const { start, end, next } = cursor;
    const attribute = attributeAt(text, start);
    if (attribute === undefined) continue;
    const { name, beginsWithFormat } = attribute;
    let from = start + attribute.length;
    if (name === "bundle-only") {
      isBundleOnly ||= from === end || text.charCodeAt(from) === COLON;
      continue;
    }
    if (run !== undefined && isOfRun(name)) {
      // Comparing a piece of the text is many times as fast as `startsWith` for a text of this length.
      const isSame = text.slice(start, start + run.text.length) === run.text;
      if (shared !== undefined || !isSame) return undefined;
      shared = { run, shift: start - run.start, before: lines.length };
      cursor.next = start + run.text.length;
      continue;
    }
    while (text.charCodeAt(from) === SPACE) from++;
    const at = beginsWithFormat ? places.find(text, from, end) : -1;
    if (last?.next === start && last.at === at && at >= 0 && isOfRun(name) && isOfRun(last.name)) {
      last.end = end;
      last.next = next;
    } else {
      last = { name, from, at, start, end, next };
      lines.push(last);
    }
    if (name === "ssrc-group") {
      const value = readValue(ssrcGroup, new Scanner(), text.slice(start, end), from - start);
      if (value) sourceGroups.push(value);
    }
    if (at < 0) continue;
    const behind = from + (formats[at] as string).length;
    if (name === "rtpmap") {
      // Mostly codecs and their repairs stand in turns.
      encodings[at] ??= readEncoding(text, behind, end, encodings[at - 2]?.name);
    }
    // The grammar of fmtp is this and no more: a format, a blank, and all the rest.
    if (name === "fmtp" && behind + 1 < end) {
      const value = text.slice(behind + 1, end);
      const before = parameters[at];
      parameters[at] = before === undefined ? value : `${before};${value}`;
    }
  }
  const codecs = shared?.run.first.codecs ?? codecsOf(head, encodings, parameters);
  return { isBundleOnly, codecs, sourceGroups, lines, shared };
}

/** Each of these lines for itself. */
export function linesOf(text: string, lines: FormatLines): readonly FormatLine[] {
  const each: FormatLine[] = [];
  const cursor = new LineCursor(text, lines.start);
  while (cursor.next < lines.next && cursor.step()) {
    const { start, end, next } = cursor;
    const { name, length } = attributeAt(text, start) as AttributeStart & { name: FormatAttribute };
    const from = behindBlanks(text, start + length, end);
    each.push({ name, from, at: lines.at, start, end, next });
  }
  return each;
}

/** An attribute by what its lines start with. */
interface AttributeStart {
  readonly name: FormatAttribute | "bundle-only";
  readonly text: string;
  readonly length: number;
  readonly beginsWithFormat: boolean;
}

/** By the first and the third letter of their names, which tell them from nearly all others. */
const attributeStarts: readonly AttributeStart[][] = Array.from({ length: 256 }, () => []);
for (const name of [...formatAttributes, "bundle-only"] as const) {
  const text = name === "bundle-only" ? `a=${name}` : `a=${name}:`;
  const beginsWithFormat = !["rid", "simulcast", "ssrc", "ssrc-group"].includes(name);
  attributeStarts[slotOf(text, 0)]?.push({ name, text, length: text.length, beginsWithFormat });
}

/** The attribute of the line that starts there, if it is one of those that are read here. */
function attributeAt(text: string, start: number): AttributeStart | undefined {
  const slot = attributeStarts[slotOf(text, start)] as AttributeStart[];
  for (let index = 0; index < slot.length; index++) {
    const attribute = slot[index] as AttributeStart;
    if (text.slice(start, start + attribute.length) === attribute.text) return attribute;
  }
  return undefined;
}

function slotOf(text: string, start: number): number {
  return (text.charCodeAt(start + 2) * 3 + text.charCodeAt(start + 4)) & 255;
}

function isOfRun(name: FormatAttribute): boolean {
  return name === "rtcp-fb" || name === "rtpmap" || name === "fmtp";
}

/** The run of a section, where all its lines about codecs stand together. */
function runOf(reading: FormatReading): FormatRun | null {
  const { text, lines } = reading;
  const from = lines.findIndex(({ name }) => isOfRun(name));
  const to = lines.findLastIndex(({ name }) => isOfRun(name)) + 1;
  if (from < 0) return null;
  const run = lines.slice(from, to);
  if (!run.every(({ name, next }, at) => isOfRun(name) && (run[at + 1]?.start ?? next) === next)) {
    return null;
  }
  const { start } = run[0] as FormatLine;
  const piece = text.slice(start, run.at(-1)?.next);
  // Without an LF at its end the last line could go on in another section.
  return piece.endsWith("\n") ? { first: reading, start, text: piece, lines: run } : null;
}

/**
 * Reads as the grammar of rtpmap does, which a description has a line of for every codec.
 * A name that is the likely one is given as that text, which need not be hashed once more.
 */
function readEncoding(
  text: string,
  start: number,
  end: number,
  likelyName: string | undefined,
): Encoding | undefined {
  const nameStart = behindBlanks(text, start, end);
  let at = nameStart;
  while (at < end && text.charCodeAt(at) !== SLASH) at++;
  if (at === nameStart) return undefined;
  const written = text.slice(nameStart, at);
  const name = written === likelyName ? likelyName : written;
  const rateStart = behindBlanks(text, at + 1, end);
  let clockRate = 0;
  for (at = rateStart; at < end; at++) {
    const digit = text.charCodeAt(at) - DIGIT_0;
    if (digit < 0 || digit > 9) break;
    clockRate = clockRate * 10 + digit;
  }
  if (at <= rateStart || clockRate > Number.MAX_SAFE_INTEGER) return undefined;
  if (at >= end || text.charCodeAt(at) !== SLASH) return { name, clockRate, channels: undefined };
  const parameters = wordAt(text, behindBlanks(text, at + 1, end), end);
  return parameters === "" ? undefined : { name, clockRate, channels: channelsOf(parameters) };
}

function behindBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) === SPACE) at++;
  return at;
}

function codecsOf(
  { formats, places, kind, isRtp }: Head,
  encodings: readonly (Encoding | undefined)[],
  parameters: readonly (string | undefined)[],
): readonly FormatCodec[] {
  const codecs: FormatCodec[] = [];
  for (const at of places.distinct) {
    const format = formats[at] as string;
    const payloadType = payloadTypeOf(format);
    if (payloadType < 0) continue;
    const encoding = encodingOf(payloadType, isRtp, encodings[at]);
    if (encoding === undefined) continue;
    const { name, clockRate, channels } = encoding;
    const fmtp = parameters[at];
    // A literal for each usual shape: a field that is added afterwards costs as much as three that are there from the start.
    const codec: Writable<FormatCodec> =
      fmtp === undefined
        ? { format, payloadType, name, clockRate }
        : { format, payloadType, name, clockRate, fmtp };
    if (kind === "audio" && channels !== undefined) codec.channels = channels;
    codecs.push(codec);
  }
  return codecs;
}

const COLON = 0x3a;
const SPACE = 0x20;
const SLASH = 0x2f;
const DIGIT_0 = 0x30;
