import type { Line, LineEnd, Section } from "./document.ts";
import { createLine } from "./line.ts";

/**
 * A section made of its text. Its lines are cut when they are first read, and then kept;
 * who needs only some of them walks over the text with a `LineCursor` instead.
 */
export function textSection(index: number, text: string): Section {
  return new TextSection(index, text);
}

/** The text of a section, with its line ends. */
export function textOf(section: Section): string {
  if (section instanceof TextSection) return TextSection.textOf(section);
  let text = "";
  for (const { source, eol } of section.lines) text += source + eol;
  return text;
}

/** A line of a section's text, by its place: the how-manieth line it is, and its offsets in the text. */
export interface LinePlace {
  readonly number: number;
  readonly start: number;
  /** Without the line end. */
  readonly end: number;
  /** Behind the line end. */
  readonly next: number;
}

/** What becomes of a line: the text in its place, or `false` when it goes. */
export interface LineChange {
  readonly place: LinePlace;
  readonly source: string | false;
}

/** What becomes of lines that stand together, whose place ends behind their last line end: their text, and the change of each. */
export interface RunChange extends LineChange {
  readonly source: string;
  readonly changes: readonly LineChange[];
  /** How many lines further down they stand than the places of the changes tell. */
  readonly shift: number;
}

/**
 * A section with some of its lines replaced or removed, given in their order; a new text gets the line end of the line that it
 * replaces. Lines that stay are the same objects, a line given its own text stays, too, and where all stay it is the section
 * itself. No line is cut off the text before somebody reads `lines`.
 */
export function changeSection(
  section: Section,
  changes: readonly (LineChange | RunChange)[],
): Section {
  const text = textOf(section);
  const real = changes.filter((change) => !isUnchanged(change, text));
  if (real.length === 0) return section;
  const { written, hasJoinedLines } = withChanges(text, real);
  if (hasJoinedLines || !isSplitOf(section, text)) return new TextSection(section.index, written);
  return new TextSection(section.index, written, () => changedLines(section.lines, real));
}

/** The text of lines that stand together, with some of them replaced or removed; `undefined` when all stay as they are. */
export function changeRun(
  text: string,
  { start, next }: LinePlace,
  changes: readonly LineChange[],
): Pick<RunChange, "source" | "changes"> | undefined {
  const real = changes.filter((change) => !isUnchanged(change, text));
  if (real.length === 0) return undefined;
  return { source: withChanges(text, real, start, next).written, changes: real };
}

function withChanges(
  text: string,
  changes: readonly LineChange[],
  start = 0,
  end: number = text.length,
): { readonly written: string; readonly hasJoinedLines: boolean } {
  let written = "";
  /** From here on the text is not written yet. */
  let from = start;
  /** What is written last. */
  let last = Number.NaN;
  let hasJoinedLines = false;
  for (const { place, source } of changes) {
    if (place.start > from) {
      written += text.slice(from, place.start);
      last = text.charCodeAt(place.start - 1);
    }
    from = source === false ? place.next : place.end;
    if (source !== false && source !== "") {
      written += source;
      last = source.charCodeAt(source.length - 1);
    }
    // A lone CR in front of a removed line and an LF behind it are one line end in the new text.
    hasJoinedLines ||= last === CR && text.charCodeAt(from) === LF;
  }
  return { written: written + text.slice(from, end), hasJoinedLines };
}

/** Walks over the lines of a text. A line ends with CRLF, LF or a lone CR. RFC 8866 §5. */
export class LineCursor implements LinePlace {
  /** The how-manieth line it is, from 0 on. */
  number = -1;
  /** Where the line starts. */
  start = 0;
  /** Where it ends, without its line end. */
  end = 0;
  /** Where the next line starts. */
  next = 0;
  readonly #text: string;
  #cr: number;
  #lf: number;
  #colon = -1;

  constructor(text: string) {
    this.#text = text;
    this.#cr = indexOrBeyond(text, "\r", 0);
    this.#lf = indexOrBeyond(text, "\n", 0);
  }

  /** Goes to the next line, the first one at first, and tells whether there is one. */
  step(): boolean {
    const text = this.#text;
    const at = this.next;
    if (at >= text.length) return false;
    // Each of the two searches runs over the text once, whatever its line ends are.
    if (this.#cr < at) this.#cr = indexOrBeyond(text, "\r", at);
    if (this.#lf < at) this.#lf = indexOrBeyond(text, "\n", at);
    const cr = this.#cr;
    const lf = this.#lf;
    this.start = at;
    this.end = Math.min(cr, lf, text.length);
    this.next = lf === cr + 1 ? lf + 1 : Math.min(this.end + 1, text.length);
    this.number++;
    return true;
  }

  /** Goes on behind lines whose number and length are known, this one the first of them. */
  skip(lines: number, length: number): void {
    this.number += lines - 1;
    this.next = this.start + length;
  }

  /** Where the name of an attribute line ends: at its first colon, or at the end of the line. */
  get nameEnd(): number {
    // As with the line ends, a search in vain is not made again.
    if (this.#colon < this.start) this.#colon = indexOrBeyond(this.#text, ":", this.start);
    return Math.min(this.#colon, this.end);
  }
}

/** Where a character stands, or a place so far behind the end that no other one is next to it. */
function indexOrBeyond(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index < 0 ? text.length + 2 : index;
}

const CR = 0x0d;
const LF = 0x0a;

function isUnchanged({ source, place }: LineChange, text: string): boolean {
  if (source === false || source.length !== place.end - place.start) return false;
  return text.startsWith(source, place.start);
}

/** Whether the lines of a section are those that its text would be cut into. */
function isSplitOf(section: Section, text: string): boolean {
  return section instanceof TextSection || section.lines.length === splitLines(text).length;
}

function changedLines(
  lines: readonly Line[],
  changes: readonly (LineChange | RunChange)[],
): readonly Line[] {
  const result: Line[] = [];
  let from = 0;
  const change = (number: number, source: string | false) => {
    for (; from < number; from++) result.push(lines[from] as Line);
    const line = lines[from++] as Line;
    if (source !== false) result.push(createLine(source, line.eol));
  };
  for (const each of changes) {
    if (!("changes" in each)) change(each.place.number, each.source);
    else for (const { place, source } of each.changes) change(place.number + each.shift, source);
  }
  for (; from < lines.length; from++) result.push(lines[from] as Line);
  return result;
}

class TextSection implements Section {
  readonly index: number;
  readonly #text: string;
  #lines: readonly Line[] | undefined;
  #makeLines: (() => readonly Line[]) | undefined;

  static textOf(section: TextSection): string {
    return section.#text;
  }

  constructor(index: number, text: string, makeLines?: () => readonly Line[]) {
    this.index = index;
    this.#text = text;
    this.#makeLines = makeLines;
  }

  get lines(): readonly Line[] {
    if (this.#lines === undefined) {
      this.#lines = this.#makeLines ? this.#makeLines() : splitLines(this.#text);
      // What was edited away is not held any longer.
      this.#makeLines = undefined;
    }
    return this.#lines;
  }

  toJSON(): Section {
    return { index: this.index, lines: this.lines };
  }
}

function splitLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const cursor = new LineCursor(text); cursor.step(); ) {
    const { start, end, next } = cursor;
    const eol = next - end === 2 ? "\r\n" : (text.slice(end, next) as LineEnd);
    lines.push(createLine(text.slice(start, end), eol));
  }
  return lines;
}
