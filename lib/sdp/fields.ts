import type { Direction } from "./description.ts";
import type { Scanner } from "./scanner.ts";

/** All that is left, as words; there must be one. */
export function words<Part extends string>(scan: Scanner<Part>, part: Part): readonly string[] {
  const found = [scan.word(part)];
  while (scan.blank() && !scan.isDone) found.push(scan.word(part));
  return found;
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
