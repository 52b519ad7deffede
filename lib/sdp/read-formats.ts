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
  readonly lines: readonly FormatLine[];
}

/**
 * Reads the formats of a media section and nothing else of it: what stands in `readDescription` under the same names,
 * for a small part of its price, because only the lines that speak of formats are read, and none is cut off the text.
 */
export function readFormats(section: Section): FormatReading {
  const text = textOf(section);
  const scan = new Scanner();
  const cursor = new LineCursor(text);
  cursor.step();
  const mediaLine = placeOf(cursor);
  const { kind, port, protocol, formats } = media.read(
    scan.reset(text.slice(cursor.start, cursor.end), 2),
  );
  const places = new Map<string, number>();
  for (let at = 0; at < formats.length; at++) {
    const format = formats[at] as string;
    if (!places.has(format)) places.set(format, at);
  }
  const draft: Draft = { rtpmaps: [], parameters: [], sourceGroups: [], isBundleOnly: false };
  const lines: FormatLine[] = [];
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
    let formatStart = Math.min(nameEnd + 1, end);
    while (formatStart < end && text.charCodeAt(formatStart) === SPACE) formatStart++;
    // Most lines name the format of the line before, or else the next one of the m= line: no word need be made for them.
    if (!isWordAt(text, formatStart, end, format)) {
      const next = formats[at + 1] ?? "";
      const isNext = isWordAt(text, formatStart, end, next);
      format = isNext ? next : wordAt(text, formatStart, end);
      at = places.get(format) ?? -1;
    }
    const { number, next } = cursor;
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
  const isRtp = protocol.includes("RTP/");
  return {
    section,
    text,
    index: section.index,
    kind,
    port: Number.isNaN(port) ? 0 : port,
    isRtp,
    isBundleOnly: draft.isBundleOnly,
    isRejected: port === 0 && !draft.isBundleOnly,
    formats,
    places,
    codecs: codecsOf(places, kind, isRtp, draft),
    sourceGroups: draft.sourceGroups,
    mediaLine,
    lines,
  };
}

const names: NameIndex<FormatAttribute | "bundle-only"> = new NameIndex(
  ([...formatAttributes, "bundle-only"] as const).map((name) => [name, name] as const),
);

/** What the lines say of the formats, by their place in the `m=` line. */
interface Draft {
  readonly rtpmaps: (Rtpmap | undefined)[];
  readonly parameters: (string | undefined)[];
  readonly sourceGroups: Omit<SourceGroup, "line">[];
  isBundleOnly: boolean;
}

function placeOf({ number, start, end, next }: LinePlace): LinePlace {
  return { number, start, end, next };
}

function codecsOf(
  places: ReadonlyMap<string, number>,
  kind: string,
  isRtp: boolean,
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
