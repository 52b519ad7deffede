import { wordAt } from "./word-at.ts";

/**
 * Where each format stands first in the list of an `m=` line.
 * Payload types, which nearly all of them are, are found by their number, so that no word need be made of them.
 */
export class FormatPlaces {
  /** The first place of each format, in their order. */
  readonly distinct: readonly number[];
  readonly #byNumber: (number | undefined)[] = [];
  readonly #byWord: Map<string, number> = new Map();

  constructor(formats: readonly string[]) {
    const distinct: number[] = [];
    for (let at = 0; at < formats.length; at++) {
      const format = formats[at] as string;
      const number = numberAt(format, 0, format.length);
      const isKnown = number < 0 ? this.#byWord.has(format) : this.#byNumber[number] !== undefined;
      if (isKnown) continue;
      if (number < 0) this.#byWord.set(format, at);
      else this.#byNumber[number] = at;
      distinct.push(at);
    }
    this.distinct = distinct;
  }

  /** The place of a format; −1 when it is not in the list. */
  of(format: string): number {
    return format.includes(" ") ? -1 : this.find(format, 0, format.length);
  }

  /** The place of the format that stands at an offset of a text, up to a blank or to `end`. */
  find(text: string, start: number, end: number): number {
    const number = numberAt(text, start, end);
    if (number >= 0) return this.#byNumber[number] ?? -1;
    return this.#byWord.size === 0 ? -1 : (this.#byWord.get(wordAt(text, start, end)) ?? -1);
  }
}

/** The payload type that is written there without leading zeros, up to a blank or to `end`; −1 for any other word. */
function numberAt(text: string, start: number, end: number): number {
  let number = text.charCodeAt(start) - DIGIT_0;
  if (!(number >= 0 && number <= 9)) return -1;
  for (let at = start + 1; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === SPACE) break;
    if (unit < DIGIT_0 || unit > DIGIT_9 || number === 0) return -1;
    number = number * 10 + unit - DIGIT_0;
    if (number > 127) return -1;
  }
  return number;
}

const SPACE = 0x20;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
