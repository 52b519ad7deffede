import type { Span } from "../text.ts";

/** One named part of a value that a grammar has read. Offsets are those of the scanned text. */
export interface ScannedPart {
  readonly part: string;
  readonly span: Span;
}

/**
 * What a grammar found wrong, in terms of its parts. `missing`: the text ends or turns where the part should stand.
 * `malformed`: something stands there that is no such part. `surplus`: text is left that the grammar has no place for.
 */
export interface ScanFault {
  readonly kind: "missing" | "malformed" | "surplus";
  readonly part?: string;
  readonly span: Span;
}

/** What a recording scanner remembers. */
export interface ScanRecord {
  readonly parts: ScannedPart[];
  readonly faults: ScanFault[];
}

/**
 * Reads a value from left to right, one part at a time; the one way in which every grammar of this folder is written.
 *
 * Each reading method names the part that it reads. A scanner without a record only reads, which is what the typed model
 * needs; one with a record also keeps where each part stands and what is wrong, which is what explanations and
 * diagnostics need. The grammar is the same function for both.
 *
 * A part that is missing or malformed makes `isBroken` true and reading goes on, so that a grammar needs no error path.
 * No method looks at a character twice, so a line of any length is read in linear time; and a value with more words
 * than any can have is broken, and not read to its end.
 */
export class Scanner<Part extends string = string> {
  text = "";
  at = 0;
  end = 0;
  isBroken = false;
  /** How many words have been read. */
  words = 0;
  readonly record: ScanRecord | undefined;

  constructor(record?: ScanRecord) {
    this.record = record;
  }

  /** Begins to read `text` at an offset; one behind the end is the end. */
  reset(text: string, at: number): this {
    this.text = text;
    this.at = Math.min(at, text.length);
    this.end = text.length;
    this.isBroken = false;
    this.words = 0;
    return this;
  }

  get isDone(): boolean {
    return this.at >= this.end;
  }

  /** The code unit that comes next; NaN at the end. */
  get next(): number {
    return this.text.charCodeAt(this.at);
  }

  /** Steps over one character if it is this one, and tells whether it was. */
  skip(unit: number): boolean {
    if (this.at >= this.end || this.text.charCodeAt(this.at) !== unit) return false;
    this.at++;
    return true;
  }

  /** Steps over blanks and tells whether there were any. More than one blank is read and reported as surplus. */
  blank(): boolean {
    const { text, end, at: start } = this;
    if (start >= end || text.charCodeAt(start) !== SPACE) return false;
    let at = start + 1;
    while (at < end && text.charCodeAt(at) === SPACE) at++;
    this.at = at;
    if (at - start > 1 && at < end) this.#fault("surplus", undefined, start + 1);
    return true;
  }

  /** The next word: everything up to the next blank, after any blank before it. It must not be empty. */
  word(part: Part): string {
    this.blank();
    return this.until(SPACE, part);
  }

  /** The next word, or `undefined` when nothing is left. */
  optionalWord(part: Part): string | undefined {
    this.blank();
    return this.at >= this.end ? undefined : this.until(SPACE, part);
  }

  /** The next word, which must be one of these. Anything else is malformed, but returned as it stands. */
  oneOf<Word extends string>(words: readonly Word[], part: Part): Word {
    this.blank();
    const start = this.at;
    const word = this.until(SPACE, part);
    if (word !== "" && !words.includes(word as Word)) this.malformed(part, start);
    return word as Word;
  }

  /** Everything up to an ASCII character or the end; must not be empty. The character itself is left for `skip`. */
  until(unit: number, part: Part): string {
    const { text, at: start } = this;
    if (++this.words > MOST_WORDS) return this.#stop(part);
    // A search by the engine is several times as fast as a loop here. It looks at no more than it then steps over.
    const found = text.indexOf(ASCII[unit] as string, start);
    const at = found < 0 ? this.end : found;
    this.at = at;
    if (at === start) this.missing(part);
    else if (this.record) this.#note(part, start);
    return text.slice(start, at);
  }

  /** Everything up to the first of two characters or the end; must not be empty. */
  untilEither(unit: number, other: number, part: Part): string {
    const { text, end, at: start } = this;
    if (++this.words > MOST_WORDS) return this.#stop(part);
    let at = start;
    for (; at < end; at++) {
      const next = text.charCodeAt(at);
      if (next === unit || next === other) break;
    }
    this.at = at;
    if (at === start) this.missing(part);
    else if (this.record) this.#note(part, start);
    return text.slice(start, at);
  }

  /** All that is left, after one blank; must not be empty. */
  rest(part: Part): string {
    this.skip(SPACE);
    const start = this.at;
    this.at = this.end;
    if (start >= this.end) this.missing(part);
    else if (this.record) this.#note(part, start);
    return this.text.slice(start);
  }

  /** All that is left, after one blank, or `undefined` when nothing is. */
  optionalRest(part: Part): string | undefined {
    this.skip(SPACE);
    return this.at >= this.end ? undefined : this.rest(part);
  }

  /** All that is left, as it is; may be empty. */
  remainder(part: Part): string {
    const start = this.at;
    this.at = this.end;
    if (this.record) this.#note(part, start);
    return this.text.slice(start);
  }

  /** A run of digits as a number, after any blank before it. No digit, or a number above `max`, is malformed; then NaN. */
  integer(part: Part, max: number = Number.MAX_SAFE_INTEGER): number {
    this.blank();
    const { text, end, at: start } = this;
    if (++this.words > MOST_WORDS) {
      this.#stop(part);
      return Number.NaN;
    }
    let at = start;
    let value = 0;
    for (; at < end; at++) {
      const digit = text.charCodeAt(at) - DIGIT_0;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === start) {
      if (at >= end) this.missing(part);
      else {
        while (this.at < end && text.charCodeAt(this.at) !== SPACE) this.at++;
        this.malformed(part, start);
      }
      return Number.NaN;
    }
    this.at = at;
    if (value > max) {
      this.malformed(part, start);
      return Number.NaN;
    }
    if (this.record) this.#note(part, start);
    return value;
  }

  /** A run of digits, after any blank before it, as its text: for numbers of 64 bits. No digit is malformed. */
  digits(part: Part): string {
    this.blank();
    const start = this.at;
    while (this.at < this.end && isDigit(this.text.charCodeAt(this.at))) this.at++;
    if (this.at === start) {
      if (this.at >= this.end) this.missing(part);
      else {
        while (this.at < this.end && this.text.charCodeAt(this.at) !== SPACE) this.at++;
        this.malformed(part, start);
      }
    } else if (this.record) this.#note(part, start);
    return this.text.slice(start, this.at);
  }

  /** Names what stands between `start` and here. For a grammar that walks by itself. */
  note(part: Part, start: number, end: number = this.at): void {
    const parts = this.record?.parts;
    if (parts && parts.length < MOST_PARTS) parts.push({ part, span: { start, end } });
  }

  /** The part should stand here and does not. Of several parts missing at one place only the first is reported. */
  missing(part: Part): void {
    this.isBroken = true;
    const last = this.record?.faults.at(-1);
    if (last?.kind === "missing" && last.span.start === this.at) return;
    this.#fault("missing", part, this.at);
  }

  /** What stands between `start` and here is no such part. */
  malformed(part: Part, start: number): void {
    this.isBroken = true;
    this.#fault("malformed", part, start);
  }

  /** What stands between `start` and here breaks a rule of the part, but can be read. */
  questionable(part: Part, start: number): void {
    this.#fault("malformed", part, start);
  }

  /** The grammar has come to its end: what is left has no place in it. Blanks alone at the end of a line are no fault of a value. */
  finish(): void {
    const start = this.at;
    if (start >= this.end) return;
    while (this.at < this.end && this.text.charCodeAt(this.at) === SPACE) this.at++;
    if (this.at === this.end) return;
    this.at = this.end;
    this.#fault("surplus", undefined, start);
  }

  /** No value has so many words: what is left is not read. */
  #stop(part: Part): string {
    const start = this.at;
    this.at = this.end;
    this.malformed(part, start);
    return "";
  }

  #note(part: Part, start: number): void {
    this.note(part, start);
  }

  #fault(kind: ScanFault["kind"], part: Part | undefined, start: number): void {
    const span = { start, end: this.at };
    if ((this.record?.faults.length ?? 0) >= MOST_FAULTS) return;
    this.record?.faults.push(part === undefined ? { kind, span } : { kind, part, span });
  }
}

const SPACE = 0x20;
/** A BUNDLE group of thousands of sections has as many words; a value with more than these would be read for nothing. */
const MOST_WORDS = 10_000;
/** How many faults one value is worth: a line of nothing but separators would have a million. */
const MOST_FAULTS = 20;
/** How many parts of one value are kept; real lines have less than a hundred. */
const MOST_PARTS = 1000;
const ASCII: readonly string[] = Array.from({ length: 128 }, (_, unit) =>
  String.fromCharCode(unit),
);
const DIGIT_0 = 0x30;

function isDigit(unit: number): boolean {
  return unit >= DIGIT_0 && unit <= 0x39;
}
