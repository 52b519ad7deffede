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

/** Where lines stand in a text: one line, or some that follow each other. */
export interface LinePlace {
  readonly start: number;
  /** Without the last line end. */
  readonly end: number;
  /** Behind the last line end. */
  readonly next: number;
}

/** What becomes of a line: the text in its place. Or `false`: the lines go that stand there. */
export interface LineChange {
  readonly place: LinePlace;
  readonly source: string | false;
}

/**
 * A section with some of its lines replaced or removed, given in their order; a new text gets the line end of the line that it
 * replaces. Lines that stay are the same objects, a line given its own text stays, too, and where all stay it is the section
 * itself. No line is cut off the text before somebody reads `lines`.
 */
export function changeSection(section: Section, changes: readonly LineChange[]): Section {
  const text = textOf(section);
  const real = changes.filter((change) => !isUnchanged(change, text));
  if (real.length === 0) return section;
  let written = "";
  /** From here on the text is not written yet. */
  let from = 0;
  /** What is written last. */
  let last = Number.NaN;
  let hasJoinedLines = false;
  for (const { place, source } of real) {
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
  written += text.slice(from);
  if (hasJoinedLines || !isSplitOf(section, text)) return new TextSection(section.index, written);
  return new TextSection(section.index, written, () => changedLines(section.lines, real));
}

/** Walks over the lines of a text. A line ends with CRLF, LF or a lone CR. RFC 8866 §5. */
export class LineCursor implements LinePlace {
  /** Where the line starts. */
  start = 0;
  /** Where it ends, without its line end. */
  end = 0;
  /** Where the next line starts; set it to go on elsewhere further down. */
  next = 0;
  readonly #text: string;
  #cr: number;
  #lf: number;

  constructor(text: string, from = 0) {
    this.#text = text;
    this.next = from;
    this.#cr = indexOrBeyond(text, "\r", from);
    this.#lf = indexOrBeyond(text, "\n", from);
  }

  /** Goes to the next line, the first one at first, and tells whether there is one. */
  step(): boolean {
    const text = this.#text;
    const at = this.next;
    if (at >= text.length) return false;
    // Each of the two searches runs over the text once, whatever its line ends are.
    let cr = this.#cr;
    let lf = this.#lf;
    if (cr < at) this.#cr = cr = indexOrBeyond(text, "\r", at);
    if (lf < at) this.#lf = lf = indexOrBeyond(text, "\n", at);
    this.start = at;
    if (lf === cr + 1) {
      this.end = cr;
      this.next = lf + 1;
    } else {
      this.end = Math.min(cr, lf, text.length);
      this.next = Math.min(this.end + 1, text.length);
    }
    return true;
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

function changedLines(lines: readonly Line[], changes: readonly LineChange[]): readonly Line[] {
  const result: Line[] = [];
  let at = 0;
  let change = 0;
  for (const line of lines) {
    const start = at;
    at += line.source.length + line.eol.length;
    while (change < changes.length && (changes[change] as LineChange).place.next <= start) change++;
    const { place, source } = changes[change] ?? noChange;
    if (start < place.start) result.push(line);
    else if (source !== false) result.push(createLine(source, line.eol));
  }
  return result;
}

const noChange: LineChange = {
  place: { start: Number.POSITIVE_INFINITY, end: 0, next: 0 },
  source: false,
};

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
  const cursor = new LineCursor(text);
  // Set by its number, because the engine calls `push` instead of compiling it in here.
  for (let count = 0; cursor.step(); count++) {
    const { start, end, next } = cursor;
    const eol = next - end === 2 ? "\r\n" : (text.slice(end, next) as LineEnd);
    lines[count] = createLine(text.slice(start, end), eol);
  }
  return lines;
}
