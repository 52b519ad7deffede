import type { SecretKind } from "../sdp/redact.ts";

/** A secret and what stands for it. */
export interface BookedSecret {
  readonly kind: SecretKind;
  readonly value: string;
  readonly mask: string;
}

/** Where a secret stands in a text. */
export interface SecretPlace {
  readonly secret: BookedSecret;
  readonly start: number;
}

/**
 * Finds many secrets in a text in one pass: as whole words, looked up by the first run of letters and digits in them.
 * A run that begins behind a written-out escape (`\n` as two characters) is looked up without it, too.
 */
export class SecretBook {
  readonly #byWord = new Map<string, BookedSecret[]>();

  constructor(secrets: Iterable<BookedSecret>) {
    for (const secret of secrets) {
      const word = firstWord.exec(secret.value)?.[0];
      if (word === undefined) continue;
      const list = this.#byWord.get(word);
      if (list) list.push(secret);
      else this.#byWord.set(word, [secret]);
    }
    // Of two that begin the same the longer one is meant.
    for (const list of this.#byWord.values()) list.sort((a, b) => b.value.length - a.value.length);
  }

  /** The places of secrets in a text, in order and without overlap. */
  find(text: string): readonly SecretPlace[] {
    const places: SecretPlace[] = [];
    let end = 0;
    for (const match of text.matchAll(words)) {
      const place =
        this.#at(text, match.index, match[0], end) ??
        (text[match.index - 1] === "\\" && /^[nrt]/.test(match[0])
          ? this.#at(text, match.index + 1, match[0].slice(1), end)
          : undefined);
      if (!place) continue;
      places.push(place);
      end = place.start + place.secret.value.length;
    }
    return places;
  }

  /** The text with every secret replaced by its mask. */
  replace(text: string): string {
    let result = "";
    let at = 0;
    for (const { secret, start } of this.find(text)) {
      result += text.slice(at, start) + secret.mask;
      at = start + secret.value.length;
    }
    return at === 0 ? text : result + text.slice(at);
  }

  #at(text: string, at: number, word: string, from: number): SecretPlace | undefined {
    for (const secret of this.#byWord.get(word) ?? []) {
      const start = at - secret.value.indexOf(word);
      if (start < from || !text.startsWith(secret.value, start)) continue;
      const after = text.slice(start + secret.value.length, start + secret.value.length + 2);
      if (/[\p{L}\p{N}]$/u.test(secret.value) && /^[\p{L}\p{N}]/u.test(after)) continue;
      return { secret, start };
    }
    return undefined;
  }
}

const firstWord = /[\p{L}\p{N}]+/u;
const words = /[\p{L}\p{N}]+/gu;
