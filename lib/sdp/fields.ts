import type { Direction } from "./description.ts";
import { trimmed } from "./growing-list.ts";
import type { Scanner } from "./scanner.ts";

/** All that is left, as words; there must be one. */
export function words<Part extends string>(scan: Scanner<Part>, part: Part): readonly string[] {
  const found = [scan.word(part)];
  while (scan.blank() && !scan.isDone) found.push(scan.until(SPACE, part));
  return trimmed(found);
}

/** All that is left, as words; there may be none. */
export function optionalWords<Part extends string>(
  scan: Scanner<Part>,
  part: Part,
): readonly string[] {
  scan.blank();
  return scan.isDone ? [] : words(scan, part);
}

/** The four directions of media. RFC 8866 §6.7. */
export const directions: readonly Direction[] = ["sendrecv", "sendonly", "recvonly", "inactive"];

/**
 * The next word, which must be a decimal number above 0, as its text: `20`, `29.97`.
 * RFC 8866 §9: `non-zero-int-or-real`.
 */
export function decimal<Part extends string>(scan: Scanner<Part>, part: Part): string {
  scan.blank();
  const start = scan.at;
  const text = scan.word(part);
  if (text !== "" && !isDecimal(text)) scan.malformed(part, start);
  return text;
}

/** Digits, with or without a point and more digits; not nothing but zeros. */
function isDecimal(text: string): boolean {
  let points = 0;
  let isPositive = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === POINT) points++;
    else if (unit < DIGIT_0 || unit > DIGIT_9) return false;
    else if (unit > DIGIT_0) isPositive = true;
  }
  return isPositive && points <= 1 && !text.startsWith(".") && !text.endsWith(".");
}

const SPACE = 0x20;
const POINT = 0x2e;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
