import type { Position, Span } from "../text.ts";
import type { Line, SdpDocument } from "./document.ts";
import { sectionsOf } from "./sections.ts";

/**
 * Where a line stands in its document's text, in UTF-16 code units, without its line end.
 * The first call on a document counts all its lines, every further one is a look-up.
 * Throws `RangeError` for a line of another document.
 */
export function spanOf(document: SdpDocument, line: Line): Span {
  const start = placesOf(document).startOf.get(line);
  if (start === undefined) {
    throw new RangeError(`The line “${line.source}” is not in this document.`);
  }
  return { start, end: start + line.source.length };
}

/**
 * The position of an offset in a document's text: what `positionAt` finds, by a search in the known line starts.
 * An offset outside the text is moved to its nearest end.
 */
export function positionIn(document: SdpDocument, offset: number): Position {
  const { starts, length, endsWithLineEnd } = placesOf(document);
  const at = Math.max(0, Math.min(offset, length));
  if (starts.length === 0) return { line: 1, column: 1 };
  if (endsWithLineEnd && at === length) return { line: starts.length + 1, column: 1 };
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (starts[low] as number) + 1 };
}

interface Places {
  readonly startOf: ReadonlyMap<Line, number>;
  readonly starts: readonly number[];
  readonly length: number;
  readonly endsWithLineEnd: boolean;
}

const known = new WeakMap<SdpDocument, Places>();

function placesOf(document: SdpDocument): Places {
  const cached = known.get(document);
  if (cached) return cached;
  const startOf = new Map<Line, number>();
  const starts: number[] = [];
  let length = 0;
  let endsWithLineEnd = false;
  for (const section of sectionsOf(document)) {
    for (const line of section.lines) {
      startOf.set(line, length);
      starts.push(length);
      length += line.source.length + line.eol.length;
      endsWithLineEnd = line.eol !== "";
    }
  }
  const places: Places = { startOf, starts, length, endsWithLineEnd };
  known.set(document, places);
  return places;
}
