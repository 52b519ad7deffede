import type { Codec } from "../codec/codec.ts";
import { readValue } from "./attribute.ts";
import { bundleOnly } from "./attributes/bundle-only.ts";
import { fmtp } from "./attributes/fmtp.ts";
import type { Rtpmap } from "./attributes/rtpmap.ts";
import { rtpmap } from "./attributes/rtpmap.ts";
import { ssrcGroup } from "./attributes/ssrc-group.ts";
import type { MediaDescription, SourceGroup } from "./description.ts";
import type { Section } from "./document.ts";
import { encodingOf, payloadTypeOf } from "./encoding.ts";
import { attributeNameEnd } from "./line.ts";
import { media as mediaLine } from "./lines/media.ts";
import { NameIndex } from "./name-index.ts";
import { Scanner } from "./scanner.ts";
import { LineCursor, textOf } from "./text-section.ts";

/** A codec and its format, as text, in the `m=` line. */
export interface FormatCodec extends Codec {
  readonly format: string;
  readonly payloadType: number;
}

/** Of a media description, what decides about its formats. Every `MediaDescription` is one. */
export interface MediaFormats
  extends Pick<
    MediaDescription,
    "section" | "index" | "kind" | "isRtp" | "isRejected" | "formats"
  > {
  readonly codecs: readonly FormatCodec[];
  readonly sourceGroups: readonly Omit<SourceGroup, "line">[];
}

/**
 * Reads the formats of a media section and nothing else of it: what stands in `readDescription` under the same names,
 * for a small part of its price, because only the lines that speak of formats are read, and none is cut off the text.
 */
export function readFormats(section: Section): MediaFormats {
  const text = textOf(section);
  const scan = new Scanner();
  const cursor = new LineCursor(text);
  cursor.step();
  const { kind, port, protocol, formats } = mediaLine.read(
    scan.reset(text.slice(cursor.start, cursor.end), 2),
  );
  const draft = new Draft();
  while (cursor.step()) {
    const { start, end } = cursor;
    if (text.charCodeAt(start) !== LETTER_A || text.charCodeAt(start + 1) !== EQUALS) continue;
    const nameEnd = attributeNameEnd(text, start, end);
    const read = readers.find(text, start + 2, nameEnd);
    read?.(draft, scan, text.slice(start, end), nameEnd + 1 - start);
  }
  const isRtp = protocol.includes("RTP/");
  return {
    section,
    index: section.index,
    kind,
    isRtp,
    isRejected: port === 0 && !draft.isBundleOnly,
    formats,
    codecs: codecsOf(formats, kind, isRtp, draft),
    sourceGroups: draft.sourceGroups,
  };
}

class Draft {
  readonly rtpmaps = new Map<string, Rtpmap>();
  /** The format parameters by format. */
  readonly parameters = new Map<string, string>();
  readonly sourceGroups: Omit<SourceGroup, "line">[] = [];
  isBundleOnly = false;
}

/** Puts what an attribute line says into the draft. `at` is behind the colon. */
type FormatReader = (draft: Draft, scan: Scanner, source: string, at: number) => void;

const readers: NameIndex<FormatReader> = new NameIndex<FormatReader>([
  [
    rtpmap.name,
    ({ rtpmaps }, scan, source, at) => {
      const value = readValue(rtpmap, scan, source, at);
      if (value && !rtpmaps.has(value.payloadType)) rtpmaps.set(value.payloadType, value);
    },
  ],
  [
    fmtp.name,
    ({ parameters }, scan, source, at) => {
      const value = readValue(fmtp, scan, source, at);
      if (value === undefined) return;
      const before = parameters.get(value.format);
      const joined = before === undefined ? value.parameters : `${before};${value.parameters}`;
      parameters.set(value.format, joined);
    },
  ],
  [
    ssrcGroup.name,
    ({ sourceGroups }, scan, source, at) => {
      const value = readValue(ssrcGroup, scan, source, at);
      if (value) sourceGroups.push(value);
    },
  ],
  [
    bundleOnly.name,
    (draft) => {
      draft.isBundleOnly = true;
    },
  ],
]);

function codecsOf(
  formats: readonly string[],
  kind: string,
  isRtp: boolean,
  { rtpmaps, parameters }: Draft,
): readonly FormatCodec[] {
  const codecs: FormatCodec[] = [];
  for (const format of new Set(formats)) {
    const payloadType = payloadTypeOf(format);
    if (payloadType < 0) continue;
    const encoding = encodingOf(payloadType, isRtp, rtpmaps.get(format));
    if (encoding === undefined) continue;
    const { name, clockRate, channels } = encoding;
    const codec: Writable<FormatCodec> = { format, payloadType, name, clockRate };
    const text = parameters.get(format);
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
