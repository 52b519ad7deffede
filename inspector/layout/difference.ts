/** A piece of a text: what it shares with another, or has for its own. */
export interface Piece {
  readonly text: string;
  readonly isOwn: boolean;
}

/** Texts of more words than this are told apart by their ends only. */
const MOST_WORDS = 200;

/**
 * Marks what a text has that another has not: by words, in order, as SDP's values are lists. The pieces joined are the text.
 */
export function difference(text: string, other: string): readonly Piece[] {
  const own = words(text);
  const theirs = words(other);
  const shared =
    own.length > MOST_WORDS || theirs.length > MOST_WORDS
      ? sharedEnds(own, theirs)
      : longestShared(own, theirs);
  const pieces: Piece[] = [];
  for (const [index, word] of own.entries()) {
    const isOwn = !shared.has(index);
    const last = pieces.at(-1);
    if (last?.isOwn === isOwn) pieces[pieces.length - 1] = { text: last.text + word, isOwn };
    else pieces.push({ text: word, isOwn });
  }
  return pieces;
}

/** Separators stay words of their own, so that nothing is lost. */
function words(text: string): string[] {
  return text.split(/([ ;:=/])/).filter((word) => word !== "");
}

function sharedEnds(own: readonly string[], theirs: readonly string[]): Set<number> {
  const shared = new Set<number>();
  let head = 0;
  while (head < own.length && own[head] === theirs[head]) shared.add(head++);
  let tail = 1;
  while (own.length - tail > head && own.at(-tail) === theirs.at(-tail)) {
    shared.add(own.length - tail++);
  }
  return shared;
}

/** The longest common subsequence, as indices into `own`. */
function longestShared(own: readonly string[], theirs: readonly string[]): Set<number> {
  const width = theirs.length + 1;
  const lengths = new Uint16Array((own.length + 1) * width);
  for (let i = own.length - 1; i >= 0; i--) {
    for (let j = theirs.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        own[i] === theirs[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const shared = new Set<number>();
  let i = 0;
  let j = 0;
  while (i < own.length && j < theirs.length) {
    if (own[i] === theirs[j]) {
      shared.add(i++);
      j++;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return shared;
}
