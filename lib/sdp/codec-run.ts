import type { MediaCodec } from "./description.ts";
import type { Line, Section } from "./document.ts";
import type { MediaLine } from "./lines/media.ts";
import { textOf } from "./text-section.ts";

/**
 * The codec lines of a section, when they all stand together, and what was read from them. Many sections of one description have
 * the same `m=` line and the same codec lines: there it is enough to compare them.
 */
export class CodecRun {
  readonly head: MediaLine;
  readonly #codecs: readonly MediaCodec[];
  readonly #section: Section;
  readonly #from: number;
  /** How many lines there are. */
  readonly length: number;
  #text: string | undefined;
  #places: readonly CodecPlaces[] | undefined;

  constructor(
    head: MediaLine,
    codecs: readonly MediaCodec[],
    section: Section,
    from: number,
    length: number,
  ) {
    this.head = head;
    this.#codecs = codecs;
    this.#section = section;
    this.#from = from;
    this.length = length;
  }

  /** Whether it was read under this `m=` line. */
  isUnder(mediaLine: string): boolean {
    return this.#section.lines[0]?.source === mediaLine;
  }

  /** The number of the line at which a section has the same lines; −1 where it has not. */
  findIn(section: Section): number {
    const own = this.#section.lines;
    const { lines } = section;
    const first = own[this.#from]?.source;
    const from = lines.findIndex(({ source }) => source === first);
    if (from < 0 || from + this.length > lines.length) return -1;
    for (let at = 0; at < this.length; at++) {
      const line = lines[from + at] as Line;
      const twin = own[this.#from + at] as Line;
      if (line.source.length !== twin.source.length || line.eol !== twin.eol) return -1;
    }
    // Lines as long as those are the same where the whole text is. Comparing it is many times as fast as comparing each.
    this.#text ??= textOfLines(this.#section, this.#from, this.length);
    return textOfLines(section, from, this.length) === this.#text ? from : -1;
  }

  /** The codecs of a section that has the same lines from a number on. */
  codecsIn(lines: readonly Line[], from: number): readonly MediaCodec[] {
    this.#places ??= placesOf(this.#codecs, this.#section.lines, this.#from);
    const places = this.#places;
    return this.#codecs.map((codec, index) => {
      const { rtpmapAt, fmtpAt, feedbackAt } = places[index] as CodecPlaces;
      const twin: { -readonly [Key in keyof MediaCodec]: MediaCodec[Key] } = { ...codec };
      if (rtpmapAt >= 0) twin.rtpmapLine = lines[from + rtpmapAt] as Line;
      if (fmtpAt.length > 0) twin.fmtpLines = fmtpAt.map((at) => lines[from + at] as Line);
      if (feedbackAt.length > 0) {
        twin.feedbackLines = feedbackAt.map((at) => lines[from + at] as Line);
      }
      return twin;
    });
  }
}

/** Where the lines of a codec stand in a run. */
interface CodecPlaces {
  /** −1 for none. */
  readonly rtpmapAt: number;
  readonly fmtpAt: readonly number[];
  readonly feedbackAt: readonly number[];
}

function placesOf(
  codecs: readonly MediaCodec[],
  lines: readonly Line[],
  from: number,
): readonly CodecPlaces[] {
  const places = new Map<Line, number>();
  for (let at = from; at < lines.length; at++) places.set(lines[at] as Line, at - from);
  const placeOf = (line: Line) => places.get(line) as number;
  return codecs.map(({ rtpmapLine, fmtpLines, feedbackLines }) => ({
    rtpmapAt: rtpmapLine === undefined ? -1 : placeOf(rtpmapLine),
    fmtpAt: fmtpLines.map(placeOf),
    feedbackAt: feedbackLines.map(placeOf),
  }));
}

function textOfLines(section: Section, from: number, length: number): string {
  const { lines } = section;
  let start = 0;
  for (let at = 0; at < from; at++) start += lengthOf(lines[at] as Line);
  let end = start;
  for (let at = from; at < from + length; at++) end += lengthOf(lines[at] as Line);
  return textOf(section).slice(start, end);
}

function lengthOf({ source, eol }: Line): number {
  return source.length + eol.length;
}
