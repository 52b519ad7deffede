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

/**
 * What becomes of a line: the text itself in its place, `true` when it stays as it is, `false` when it goes.
 * The line stands between two offsets of its section's text.
 */
export type LineRewrite = (text: string, start: number, end: number) => string | boolean;

/**
 * A section with some of its lines replaced or removed; a new text gets the line end of the line it replaces.
 * Lines that stay are the same objects; a line given its own text stays, too, and where all stay it is the section itself. Costs one walk over the text:
 * no line is made of it before somebody reads `lines`.
 */
export function rewriteSection(section: Section, rewrite: LineRewrite): Section {
  const text = textOf(section);
  const changes: LineChange[] = [];
  let written = "";
  /** From here on the text is not written yet. */
  let from = 0;
  let number = 0;
  let hasJoinedLines = false;
  for (const cursor = new LineCursor(text); cursor.step(); number++) {
    const { start, end } = cursor;
    const source = rewrite(text, start, end);
    if (source === true || isUnchanged(source, text, start, end)) continue;
    if (start > from) written += text.slice(from, start);
    if (source === false) from = cursor.next;
    else {
      written += source;
      from = end;
    }
    changes.push({ number, source });
    // A lone CR in front of a removed line and an LF behind it are one line end in the new text.
    hasJoinedLines ||= source === false && text[start - 1] === "\r" && text[from] === "\n";
  }
  if (changes.length === 0) return section;
  written += text.slice(from);
  const isOfThisText = section instanceof TextSection || section.lines.length === number;
  if (hasJoinedLines || !isOfThisText) return new TextSection(section.index, written);
  return new TextSection(section.index, written, () => changedLines(section.lines, changes));
}

/** Walks over the lines of a text. A line ends with CRLF, LF or a lone CR. RFC 8866 §5. */
export class LineCursor {
  /** Where the line starts. */
  start = 0;
  /** Where it ends, without its line end. */
  end = 0;
  /** Where the next line starts. */
  next = 0;
  readonly #text: string;
  #cr: number;
  #lf: number;

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
    return true;
  }
}

/** Where a character stands, or a place so far behind the end that no other one is next to it. */
function indexOrBeyond(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index < 0 ? text.length + 2 : index;
}

function isUnchanged(source: string | false, text: string, start: number, end: number): boolean {
  return source !== false && source.length === end - start && text.startsWith(source, start);
}

interface LineChange {
  readonly number: number;
  readonly source: string | false;
}

function changedLines(lines: readonly Line[], changes: readonly LineChange[]): readonly Line[] {
  const result: Line[] = [];
  let from = 0;
  for (const { number, source } of changes) {
    for (; from < number; from++) result.push(lines[from] as Line);
    const line = lines[from++] as Line;
    if (source !== false) result.push(createLine(source, line.eol));
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
