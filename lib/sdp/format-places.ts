import { wordAt } from "./word-at.ts";

/**
 * Where each format stands first in the list of an `m=` line.
 * Payload types, which nearly all of them are, are found by their number, so that no word need be made of them.
 */
export class FormatPlaces {
  /** The first place of each format, in their order. */
  readonly distinct: readonly number[];
  /** The payload types, and the place of each; there are 128 at most. */
  readonly #numbers: number[] = [];
  readonly #places: number[] = [];
  #byWord: Map<string, number> | undefined;
  /** Where among them the last one was found: the lines of a format mostly stand together, in the order of the `m=` line. */
  #last = 0;

  constructor(formats: readonly string[]) {
    /** The payload types that have been there, a bit each. */
    const seen = [0, 0, 0, 0];
    for (let at = 0; at < formats.length; at++) {
      const format = formats[at] as string;
      const number = numberAt(format, 0, format.length);
      if (number < 0) {
        this.#byWord ??= new Map();
        if (!this.#byWord.has(format)) this.#byWord.set(format, at);
        continue;
      }
      const bits = seen[number >> 5] as number;
      const bit = 1 << (number & 31);
      if ((bits & bit) !== 0) continue;
      seen[number >> 5] = bits | bit;
      this.#numbers.push(number);
      this.#places.push(at);
    }
    this.distinct =
      this.#byWord === undefined
        ? this.#places
        : [...this.#places, ...this.#byWord.values()].sort((a, b) => a - b);
  }

  /** The place of a format; −1 when it is not in the list. */
  of(format: string): number {
    return format.includes(" ") ? -1 : this.find(format, 0, format.length);
  }

  /** The place of the format that stands at an offset of a text, up to a blank or to `end`. */
  find(text: string, start: number, end: number): number {
    const number = numberAt(text, start, end);
    if (number < 0) return this.#byWord?.get(wordAt(text, start, end)) ?? -1;
    let index = this.#last;
    if (this.#numbers[index] !== number && this.#numbers[++index] !== number) {
      index = this.#numbers.indexOf(number);
      if (index < 0) return -1;
    }
    this.#last = index;
    return this.#places[index] as number;
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
