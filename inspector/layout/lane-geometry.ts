import type { MarkColumns, SliceColumns } from "../source/picture.ts";
import { lowerBound, shapes, tones } from "../source/picture.ts";
import type { TimeScale } from "./time-scale.ts";

/** A slice on the axis, or a crowd of slices too narrow to be told apart. Pixels. */
export interface SliceBox {
  /** The first slice's index, and how many there are. */
  readonly index: number;
  readonly count: number;
  readonly x: number;
  readonly width: number;
  /** Index into `tones`; of a crowd the gravest: failed where one of it failed. */
  readonly tone: number;
  /** Where the slice's text begins, from its left edge: clear of the view's edge and of a fold over it. */
  readonly textX: number;
  /** The room for text, up to the slice's end or the next fold over it. */
  readonly textWidth: number;
  /** Where it turns into a stall, from its left edge. */
  readonly stalledX?: number;
  /** Drawn as a cross: refused, and too short to be a bar. */
  readonly isPoint: boolean;
}

/** A mark on the axis, or several that would cover each other. Pixels, at its middle. */
export interface MarkBox {
  readonly index: number;
  readonly count: number;
  readonly x: number;
  /** One of them was refused, or is an error. */
  readonly isBad: boolean;
}

/** A bar narrower than this says nothing by its length. */
const NARROW = 3;

/** One character of the bars' type. */
export const CHARACTER = 6;

const failed = tones.indexOf("failed");

/** Calls overlap: one that began this many slices before the view may still reach into it. */
const OVERLAP = 32;

/** A crowd up to this size is looked through for a slice that is long after all. */
const CROWD = 64;

/**
 * Lays a lane's slices on the axis: what is out of view is left out, what is too narrow to be seen becomes a crowd with
 * its count. Takes time in proportion to the pixels, not to the slices, and gives at most one box for three pixels.
 */
export function placeSlices(slices: SliceColumns, scale: TimeScale): readonly SliceBox[] {
  const { start, end, tone, count } = slices;
  const boxes: SliceBox[] = [];
  const first = Math.max(0, lowerBound(start, count, scale.start) - OVERLAP);
  let index = first;
  while (index < count) {
    const from = start[index] ?? 0;
    if (from > scale.end) break;
    if ((end[index] ?? 0) < scale.start) {
      index++;
      continue;
    }
    const left = Math.max(0, scale.x(from));
    const right = Math.min(scale.width, scale.x(end[index] ?? 0));
    if (right - left >= NARROW) {
      boxes.push(boxOf(slices, index, left, right, scale));
      index++;
      continue;
    }
    index = placeCrowd(slices, index, left, scale, boxes, tone[index] === failed);
  }
  return boxes;
}

function boxOf(
  slices: SliceColumns,
  index: number,
  left: number,
  right: number,
  scale: TimeScale,
): SliceBox {
  const tone = slices.tone[index] ?? 0;
  const isPoint = tone === failed && right - left < 8;
  const stall = slices.stalls.find((one) => one.index === index);
  return {
    index,
    count: 1,
    x: left,
    width: isPoint ? 0 : Math.max(NARROW, right - left - 1),
    tone,
    ...textPlace(left, right, scale),
    ...(stall && {
      stalledX: Math.max(0, Math.min(scale.width, scale.x(stall.from)) - left),
    }),
    isPoint,
  };
}

/** Puts the slices that begin within the next three pixels into one box. Returns the index after them. */
function placeCrowd(
  slices: SliceColumns,
  index: number,
  left: number,
  scale: TimeScale,
  boxes: SliceBox[],
  isPoint: boolean,
): number {
  const { start, end, tone, count } = slices;
  const until = Math.max(index + 1, lowerBound(start, count, scale.time(left + NARROW)));
  const after = left + NARROW < scale.width ? until : count;
  let last = after;
  const long: SliceBox[] = [];
  const reach = (at: number): number => Math.min(scale.width, scale.x(end[at] ?? 0));
  if (after - index <= CROWD) {
    for (let at = index + 1; at < after; at++) {
      const right = reach(at);
      if (right - left < NARROW * 2) continue;
      long.push(boxOf(slices, at, Math.max(0, scale.x(start[at] ?? 0)), right, scale));
      if (at === after - 1) last = at;
    }
  } else if (reach(after - 1) - left >= NARROW * 2) {
    last = after - 1;
    long.push(boxOf(slices, last, Math.max(0, scale.x(start[last] ?? 0)), reach(last), scale));
  }
  const bad = (slices.failed[last] ?? 0) - (slices.failed[index] ?? 0);
  const previous = boxes.at(-1);
  const size = last - index;
  const crowdTone = bad > 0 ? failed : (tone[index] ?? 0);
  // Refused calls are crosses; several of them near each other are one with a count.
  if (isPoint) {
    const place = previous?.isPoint ? dodge(left, previous.x + countWidth(previous.count)) : left;
    if (previous?.isPoint && place === undefined) {
      boxes[boxes.length - 1] = { ...previous, count: previous.count + size };
    } else {
      boxes.push({
        index,
        count: size,
        x: place ?? left,
        width: 0,
        tone: failed,
        textX: 0,
        textWidth: 0,
        isPoint: true,
      });
    }
  } else if (
    previous &&
    !previous.isPoint &&
    previous.tone === crowdTone &&
    previous.count > 1 &&
    left - (previous.x + previous.width) < NARROW
  ) {
    boxes[boxes.length - 1] = {
      ...previous,
      count: previous.count + size,
      width: left + NARROW - previous.x,
    };
  } else {
    boxes.push({
      index,
      count: size,
      x: left,
      width: NARROW,
      tone: crowdTone,
      textX: 0,
      textWidth: 0,
      isPoint: false,
    });
  }
  boxes.push(...long);
  return after;
}

const errorShape = shapes.indexOf("error");

/**
 * Lays a lane's marks on the axis. Marks that would cover each other stand side by side as long as they stay near
 * their time; a crowd becomes one mark with a count. Takes time in proportion to the pixels.
 */
export function placeMarks(marks: MarkColumns, scale: TimeScale): readonly MarkBox[] {
  const { t, count } = marks;
  const boxes: MarkBox[] = [];
  const isBad = (from: number, to: number): boolean =>
    (marks.failed[to] ?? 0) > (marks.failed[from] ?? 0);
  let index = lowerBound(t, count, scale.start);
  while (index < count) {
    const at = t[index] ?? 0;
    if (at > scale.end) break;
    const previous = boxes.at(-1);
    const x = previous ? dodge(scale.x(at), previous.x + countWidth(previous.count)) : scale.x(at);
    if (x !== undefined || !previous) {
      boxes.push({ index, count: 1, x: x ?? 0, isBad: isBad(index, index + 1) });
      index++;
      continue;
    }
    // All that cannot stand beside the last one any more belong to it.
    const reach = previous.x + countWidth(previous.count + 1) + MARK - FURTHEST;
    const room = scale.time(Math.min(scale.width, reach));
    const next = Math.max(index + 1, lowerBound(t, count, room));
    boxes[boxes.length - 1] = {
      ...previous,
      count: previous.count + next - index,
      isBad: previous.isBad || isBad(index, next),
    };
    index = next;
  }
  return boxes;
}

/** Whether a mark is a gathering error. */
export function isErrorMark(marks: MarkColumns, index: number): boolean {
  return marks.shape[index] === errorShape;
}

/** The width that a mark or cross needs, and how far it may stand from its time. */
const MARK = 10;
const FURTHEST = 24;

/** The room of a crowd's count, such as `×12`. */
function countWidth(count: number): number {
  return count > 1 ? CHARACTER * (1 + String(count).length) : 0;
}

/** Where something at `x` can stand beside the last one; `undefined` when that is too far from its time. */
function dodge(x: number, last: number): number | undefined {
  const place = Math.max(x, last + MARK);
  return place - x > FURTHEST ? undefined : place;
}

/** The least room in which a text says something. */
const LEAST_TEXT = 3 * CHARACTER + 8;

function textPlace(
  left: number,
  right: number,
  scale: TimeScale,
): Pick<SliceBox, "textX" | "textWidth"> {
  let from = left;
  let best = { textX: 0, textWidth: 0 };
  for (const fold of scale.folds) {
    const foldEnd = fold.x + fold.width;
    if (foldEnd <= from || fold.x >= right) continue;
    const room = fold.x - from;
    if (room >= LEAST_TEXT * 2) return { textX: from - left, textWidth: room };
    if (room > best.textWidth) best = { textX: from - left, textWidth: room };
    from = foldEnd;
  }
  const textWidth = Math.max(0, right - from);
  return textWidth >= best.textWidth ? { textX: from - left, textWidth } : best;
}
