/** A description in a longer text. */
export interface SdpBlock {
  readonly sdp: string;
  readonly start: number;
  /** The words before it, since the last block: `Offer:` or `type: offer, sdp:`. */
  readonly heading: string;
}

/**
 * Finds descriptions in a text: runs of `x=` lines that begin with `v=0`, with whatever words between them; the first `most` of them.
 * A text with `\r\n` written out, as out of a JSON string, is read as meant.
 */
export function findSdp(text: string, most: number = MAX_BLOCKS): readonly SdpBlock[] {
  const isEscaped = /v=0\\r\\n|v=0\\n/.test(text.slice(0, 65_536)) && !/v=0\r?\n/.test(text);
  const plain = isEscaped ? text.replaceAll("\\r\\n", "\r\n").replaceAll("\\n", "\n") : text;
  const blocks: SdpBlock[] = [];
  let last = 0;
  let from = 0;
  while (blocks.length < most) {
    const start = plain.indexOf("v=0", from);
    if (start === -1) break;
    from = start + 3;
    if (!isLineEnd(plain.charCodeAt(from)) || isWordBefore(plain, start)) continue;
    const end = endOfBlock(plain, start);
    blocks.push({
      sdp: plain.slice(start, end),
      start: isEscaped ? 0 : start,
      heading: plain.slice(Math.max(last, start - HEADING_SIZE), start),
    });
    from = end;
    last = end;
  }
  return blocks;
}

/** More descriptions than this are in no file that a person made. */
const MAX_BLOCKS = 10_000;

/** A heading is looked for in this many characters before a block. */
const HEADING_SIZE = 200;

/** The end of the lines `x=…` that follow each other; their line ends belong to them. */
function endOfBlock(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const isField = unit >= 97 && unit <= 122 && text.charCodeAt(at + 1) === 61;
    const isNext = at > start && text.startsWith("v=0", at) && isLineEnd(text.charCodeAt(at + 3));
    if (!isField || isNext) return at;
    while (at < text.length && !isLineEnd(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10) at += 2;
    else at++;
  }
  return text.length;
}

function isLineEnd(unit: number): boolean {
  return unit === 10 || unit === 13;
}

/** `v=0` inside a word, such as `rev=0`, begins nothing. */
function isWordBefore(text: string, start: number): boolean {
  return start > 0 && /[\w=&?;-]/.test(text.charAt(start - 1));
}
