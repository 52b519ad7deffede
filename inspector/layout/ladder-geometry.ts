import type { LadderColumn } from "../../lib/index.ts";
import type { LadderColumns } from "../source/picture.ts";
import { lowerBound } from "../source/picture.ts";
import type { Idle } from "./time-scale.ts";

/** A column at its place: `at` is its share of the width, 0 to 1. */
export interface ColumnPlace {
  readonly column: LadderColumn;
  readonly at: number;
  /** On which side of the line its texts stand. */
  readonly side: "left" | "right";
}

/** A band that stands for a time in which nothing happened, or of which events are missing. `y` is its top. */
export interface BandPlace {
  readonly start: number;
  readonly end: number;
  readonly y: number;
  /** How many events are missing; 0 for a time in which nothing happened. */
  readonly missing: number;
}

/** The ladder in pixels, from top to bottom. Index for index the items and arrows of `LadderColumns`. */
export interface LadderPlaces {
  /** The middle of each item's row; NaN for one that is not shown. */
  readonly y: Float64Array;
  /** The lowest row so far: grows with the index, so that what is in view is found without looking at all. */
  readonly bottom: Float64Array;
  readonly bands: readonly BandPlace[];
  /** Arrows that run further than a window is searched for: few, as a rule. */
  readonly long: readonly number[];
  /** The arrow that begins or ends at an item; −1 for none. */
  readonly arrowAt: Int32Array;
  readonly shown: number;
  readonly height: number;
}

/** The height of a row and of a gap's band. */
export const ROW = 20;

/**
 * How many rows a column may run behind the lowest one: high enough that send and receive can stand beside each
 * other, low enough that what is far below is also later.
 */
const LAG = 5;

/** How far from the view the other end of an arrow is looked for. Pixels. */
const FAR = 1500;

/** A stretch of which events are missing. */
export interface MissingEvents {
  readonly start: number;
  readonly end: number;
  /** The first event after it. */
  readonly to: number;
  readonly from: number;
}

/**
 * Lays the ladder out: order on each column is time, an arrow's end is always below its start, so that causes stand
 * above effects; stretches in which nothing happened, or of which events are missing, are one band over all columns.
 * One pass over the columns.
 */
export function placeLadder(
  ladder: LadderColumns,
  options: {
    readonly idle?: readonly Idle[];
    readonly missing?: readonly MissingEvents[];
    readonly showsStates?: boolean;
  } = {},
): LadderPlaces {
  const { items, arrows } = ladder;
  const y = new Float64Array(items.count).fill(Number.NaN);
  const bottoms = new Float64Array(items.count);
  const cause = new Int32Array(items.count).fill(-1);
  const arrowAt = new Int32Array(items.count).fill(-1);
  for (let index = 0; index < arrows.count; index++) {
    const from = arrows.from[index] ?? -1;
    const to = arrows.to[index] ?? -1;
    if (from >= 0 && to >= 0) cause[to] = from;
    if (from >= 0 && arrowAt[from] === -1) arrowAt[from] = index;
    if (to >= 0) arrowAt[to] = index;
  }
  const hidden = options.showsStates ? 0 : 1;
  const lowest = new Float64Array(ladder.columns.length);
  const bands: BandPlace[] = [];
  const breaks = [
    ...(options.idle ?? []).map(({ start, end }) => ({ start, end, missing: 0, seq: 0 })),
    ...(options.missing ?? []).map(({ start, end, from, to }) => ({
      start,
      end,
      missing: to - from + 1,
      seq: to + 1,
    })),
  ].sort((a, b) => a.end - b.end);
  let bottom = 4;
  let floor = ROW / 2 + 2;
  let next = 0;
  let shown = 0;
  for (let index = 0; index < items.count; index++) {
    const t = items.t[index] ?? 0;
    let stretch = breaks[next];
    while (
      stretch &&
      (stretch.missing > 0 ? stretch.seq <= (items.seq[index] ?? 0) : stretch.start < t)
    ) {
      if (shown > 0) {
        const top = bottom + ROW / 2;
        bands.push({ start: stretch.start, end: stretch.end, missing: stretch.missing, y: top });
        floor = top + ROW * 1.5;
        bottom = floor - ROW;
      }
      next++;
      stretch = breaks[next];
    }
    bottoms[index] = bottom;
    if ((items.flags[index] ?? 0) & hidden) continue;
    const column = items.column[index] ?? 0;
    const above = cause[index] ?? -1;
    const causeY = above >= 0 ? (y[above] ?? Number.NaN) : Number.NaN;
    const here = Math.max(
      floor,
      (lowest[column] ?? 0) + ROW,
      Number.isNaN(causeY) ? 0 : causeY + ROW,
      bottom - LAG * ROW,
    );
    y[index] = here;
    lowest[column] = here;
    bottom = Math.max(bottom, here);
    bottoms[index] = bottom;
    shown++;
  }
  const long: number[] = [];
  for (let index = 0; index < arrows.count; index++) {
    const from = y[arrows.from[index] ?? -1];
    const to = y[arrows.to[index] ?? -1];
    if (from !== undefined && to !== undefined && to - from > FAR) long.push(index);
  }
  return { y, bottom: bottoms, bands, long, arrowAt, shown, height: bottom + ROW };
}

/** The items whose rows are in view, from the top. */
export function itemsInView(places: LadderPlaces, from: number, to: number): readonly number[] {
  const { y, bottom } = places;
  const found: number[] = [];
  let low = 0;
  let high = bottom.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bottom[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < y.length; index++) {
    if ((bottom[index] ?? 0) - LAG * ROW - ROW > to) break;
    const at = y[index] ?? Number.NaN;
    if (at > from && at < to) found.push(index);
  }
  return found;
}

/** The arrows that cross the view. */
export function arrowsInView(
  ladder: LadderColumns,
  places: LadderPlaces,
  from: number,
  to: number,
): readonly number[] {
  const found = new Set<number>();
  for (const index of itemsInView(places, from - FAR, to + FAR)) {
    const arrow = places.arrowAt[index] ?? -1;
    if (arrow >= 0 && reaches(ladder, places, arrow, from, to)) found.add(arrow);
  }
  for (const arrow of places.long) {
    if (reaches(ladder, places, arrow, from, to)) found.add(arrow);
  }
  return [...found];
}

/** So many items are looked back through for the last one of each column. */
const LOOK_BACK = 5000;

/**
 * Where a moment stands on each column: below its last row that is not later. Columns are not level, as each keeps its own
 * rows close together; a line through these places parts what was before from what came after. Pixels, NaN for a column
 * that nothing is known of.
 */
export function heightsAt(ladder: LadderColumns, { y }: LadderPlaces, t: number): Float64Array {
  const { items, columns } = ladder;
  const heights = new Float64Array(columns.length).fill(Number.NaN);
  let missing = columns.filter(({ kind }) => kind === "peer").length;
  const after = lowerBound(items.t, items.count, t + 1e-6);
  const least = Math.max(0, after - LOOK_BACK);
  for (let index = after - 1; index >= least && missing > 0; index--) {
    const column = items.column[index] ?? 0;
    const at = y[index] ?? Number.NaN;
    if (Number.isNaN(at) || !Number.isNaN(heights[column] ?? 0)) continue;
    heights[column] = at + ROW / 2;
    missing--;
  }
  return heights;
}

/** Where an arrow runs: its ends' heights. An end that was not recorded stands half a row away. */
export function arrowHeights(
  { arrows }: LadderColumns,
  { y }: LadderPlaces,
  index: number,
): { readonly y1: number; readonly y2: number } | undefined {
  const from = y[arrows.from[index] ?? -1] ?? Number.NaN;
  const to = y[arrows.to[index] ?? -1] ?? Number.NaN;
  if (Number.isNaN(from) && Number.isNaN(to)) return undefined;
  return {
    y1: Number.isNaN(from) ? to - ROW / 2 : from,
    y2: Number.isNaN(to) ? from + ROW / 2 : to,
  };
}

function reaches(
  ladder: LadderColumns,
  places: LadderPlaces,
  arrow: number,
  from: number,
  to: number,
): boolean {
  const heights = arrowHeights(ladder, places, arrow);
  if (!heights) return false;
  return Math.max(heights.y1, heights.y2) > from && Math.min(heights.y1, heights.y2) < to;
}

/**
 * Columns between the texts of the first, at the left, and those of the last, at the right. In a narrow place they stand
 * closer together. `isClosed` tells columns that are folded: they keep their line and their arrows, and take little room.
 */
export function placeColumns(
  columns: readonly LadderColumn[],
  width: number,
  isClosed: (id: string) => boolean = () => false,
): readonly ColumnPlace[] {
  const count = columns.length;
  const [first, last] = count <= 1 ? [0.3, 0.3] : edges(count, width);
  const steps = columns.map(({ id }) => (isClosed(id) ? CLOSED_COLUMN / OPEN_COLUMN : 1));
  const total = steps.slice(0, -1).reduce((sum, step) => sum + step, 0);
  let sum = 0;
  return columns.map((column, index) => {
    const at = total === 0 ? first : first + ((last - first) * sum) / total;
    sum += steps[index] ?? 1;
    return { column, at, side: index === 0 ? "left" : "right" };
  });
}

/** The width that the ladder needs: more than there is when there are many columns, then it scrolls sideways. */
export function ladderWidth(
  columns: readonly LadderColumn[],
  available: number,
  isClosed: (id: string) => boolean = () => false,
): number {
  if (columns.length <= FEW) return available;
  const widths = columns.map(({ id }) => (isClosed(id) ? CLOSED_COLUMN : OPEN_COLUMN));
  const needed = widths.slice(0, -1).reduce((sum, width) => sum + width, 2 * OUTSIDE);
  return Math.max(available, needed);
}

/** The least distance from a column to the next one, when there are many; and of a folded one. */
const OPEN_COLUMN = 148;
const CLOSED_COLUMN = 36;
/** Room for the texts outside of the first and the last column. */
const OUTSIDE = 190;
/** So many columns always fit. */
const FEW = 4;

function edges(count: number, width: number): readonly [number, number] {
  if (count > FEW) return [OUTSIDE / width, (width - OUTSIDE) / width];
  if (width < 600) return [0.37, 0.67];
  if (width < 820) return [0.31, 0.67];
  return count <= 3 ? [0.24, 0.66] : [0.17, 0.78];
}
