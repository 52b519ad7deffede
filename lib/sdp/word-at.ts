/** Whether exactly this word stands at an offset of a text, up to a blank or to `end`. Never for an empty word. */
export function isWordAt(text: string, at: number, end: number, word: string): boolean {
  const { length } = word;
  const wordEnd = at + length;
  if (length === 0 || wordEnd > end) return false;
  if (wordEnd < end && text.charCodeAt(wordEnd) !== SPACE) return false;
  // Words are short: a loop is faster than the engine's own comparison.
  for (let index = 0; index < length; index++) {
    if (text.charCodeAt(at + index) !== word.charCodeAt(index)) return false;
  }
  return true;
}

/** The word that begins at an offset, up to a blank or to `end`. */
export function wordAt(text: string, at: number, end: number): string {
  let next = at;
  while (next < end && text.charCodeAt(next) !== SPACE) next++;
  return text.slice(at, next);
}

const SPACE = 0x20;
