import type { Line, MediaDescription } from "../../lib/index.ts";
import { codecLabel, readDescription } from "../../lib/index.ts";

/** A line of an SDP text. */
export interface OutlineLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** The offset of its first character in the text. */
  readonly start: number;
}

/** A section of an SDP text: what can be folded. */
export interface OutlineSection {
  /** −1 for the session part. */
  readonly index: number;
  readonly lines: readonly OutlineLine[];
  /** `undefined` for the session part. */
  readonly media?: MediaDescription;
  /** What it is about in a few words, such as `opus/48000/2, red/48000/2`; no more than four names. */
  readonly about: readonly string[];
  /** How many names `about` leaves out. */
  readonly more: number;
}

/** Cuts a text into its sections. Everything is kept, whatever it says. */
export function outlineSdp(text: string): readonly OutlineSection[] {
  const { document, media } = readDescription(text);
  let number = 0;
  let start = 0;
  const placed = (lines: readonly Line[]): OutlineLine[] =>
    lines.map(({ source, eol }) => {
      const line = { number: ++number, text: source, start };
      start += source.length + eol.length;
      return line;
    });
  const session = { index: -1, lines: placed(document.session.lines), about: [], more: 0 };
  const sections = document.media.map((section, index): OutlineSection => {
    const description = media[index];
    const names = description ? namesOf(description) : [];
    return {
      index,
      lines: placed(section.lines),
      ...(description && { media: description }),
      about: names.slice(0, 4),
      more: Math.max(0, names.length - 4),
    };
  });
  return session.lines.length === 0 ? sections : [session, ...sections];
}

function namesOf({ isRtp, codecs, formats }: MediaDescription): readonly string[] {
  return isRtp ? [...new Set(codecs.map((codec) => codecLabel(codec)))] : formats;
}
