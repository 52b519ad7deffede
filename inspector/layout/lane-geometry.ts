import type { Mark, Slice } from "../../lib/index.ts";
import type { TimeScale } from "./time-scale.ts";

/** A slice on the axis. Pixels. */
export interface SliceBox {
  readonly slice: Slice;
  readonly x: number;
  readonly width: number;
  /** Where the slice's text begins, from its left edge: clear of the view's edge and of a fold over it. */
  readonly textX: number;
  /** The room for text, up to the slice's end or the next fold over it. */
  readonly textWidth: number;
  /** There is room for text. */
  readonly hasText: boolean;
  /** Where it turns into a stall, from its left edge. */
  readonly stalledX?: number;
  /** How many slices stand in this place, when they are too narrow to be told apart. */
  readonly count: number;
  /** Drawn as a cross: a refused call too short to be a bar. */
  readonly isPoint: boolean;
}

/** A mark on the axis, or several that would cover each other. Pixels, at its middle. */
export interface MarkBox {
  readonly mark: Mark;
  readonly x: number;
  readonly count: number;
}

/** A bar narrower than this says nothing by its length. */
const NARROW = 3;

/** One character of the bars' type. */
const CHARACTER = 6;

/**
 * Lays a lane's slices on the axis: what is out of view is left out, what is too narrow to be seen is drawn once
 * with its count. The number of boxes is bounded by the width, whatever the number of slices.
 */
export function placeSlices(slices: readonly Slice[], scale: TimeScale): readonly SliceBox[] {
  const boxes: SliceBox[] = [];
  for (let index = firstInView(slices, scale.start); index < slices.length; index++) {
    const slice = slices[index];
    if (!slice || slice.start > scale.end) break;
    if (slice.end < scale.start) continue;
    const left = Math.max(0, scale.x(slice.start));
    const right = Math.min(scale.width, scale.x(slice.end));
    const isPoint = slice.tone === "failed" && right - left < 8;
    const previous = boxes.at(-1);
    let x = left;
    const width = isPoint ? 0 : Math.max(NARROW, right - left - 1);
    if (previous && isNarrow(previous) && (isPoint || width <= NARROW)) {
      if (previous.isPoint && isPoint) {
        const place = dodge(left, previous.x);
        if (place === undefined) {
          boxes[boxes.length - 1] = { ...previous, count: previous.count + 1 };
          continue;
        }
        x = place;
      } else if (left - previous.x < NARROW && previous.slice.tone === slice.tone) {
        boxes[boxes.length - 1] = { ...previous, count: previous.count + 1 };
        continue;
      }
    }
    boxes.push({
      slice,
      x,
      width,
      ...textPlace(left, right, slice.label, scale),
      ...(slice.stalledFrom !== undefined && {
        stalledX: Math.max(0, Math.min(scale.width, scale.x(slice.stalledFrom)) - left),
      }),
      count: 1,
      isPoint,
    });
  }
  return boxes;
}

/**
 * Lays a lane's marks on the axis. Marks that would cover each other stand side by side as long as they stay near
 * their time; a crowd becomes one mark with a count.
 */
export function placeMarks(marks: readonly Mark[], scale: TimeScale): readonly MarkBox[] {
  const boxes: MarkBox[] = [];
  for (const mark of marks) {
    if (mark.t < scale.start || mark.t > scale.end) continue;
    const previous = boxes.at(-1);
    const x = previous ? dodge(scale.x(mark.t), previous.x) : scale.x(mark.t);
    if (x === undefined && previous) {
      boxes[boxes.length - 1] = { ...previous, count: previous.count + 1 };
    } else boxes.push({ mark, x: x ?? 0, count: 1 });
  }
  return boxes;
}

/** The width that a mark or cross needs, and how far it may stand from its time. */
const MARK = 10;
const FURTHEST = 24;

/** Where something at `x` can stand beside the last one; `undefined` when that is too far from its time. */
function dodge(x: number, last: number): number | undefined {
  const place = Math.max(x, last + MARK);
  return place - x > FURTHEST ? undefined : place;
}

function isNarrow(box: SliceBox): boolean {
  return box.isPoint || box.width <= NARROW;
}

/** The first slice that may reach into the view: states follow one another, calls overlap a little at most. */
function firstInView(slices: readonly Slice[], start: number): number {
  let low = 0;
  let high = slices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slices[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 32);
}

function textPlace(
  left: number,
  right: number,
  label: string,
  scale: TimeScale,
): Pick<SliceBox, "textX" | "textWidth" | "hasText"> {
  const needed = Math.min(label.length, 6) * CHARACTER + 8;
  let from = left;
  for (const fold of scale.folds) {
    const foldEnd = fold.x + fold.width;
    if (foldEnd <= from || fold.x >= right) continue;
    const room = fold.x - from;
    if (room >= needed) return { textX: from - left, textWidth: room, hasText: true };
    from = foldEnd;
  }
  const textWidth = Math.max(0, right - from);
  return { textX: from - left, textWidth, hasText: textWidth >= needed };
}
