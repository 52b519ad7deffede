/** Points of a line: times that do not fall, and values; `NaN` breaks the line. */
export interface Points {
  readonly t: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
}

/**
 * What a line needs to be drawn from `start` to `end` on so many columns of pixels: all points when they are few, else of each
 * column the first, the least, the greatest and the last one, so that a peak is seen from any distance. A break stays a break.
 * The nearest point on either side is kept too, that the line runs to the view's edges. Every point is one that was recorded.
 */
export function thinSeries(
  { t, values }: Points,
  {
    start,
    end,
    columns,
  }: { readonly start: number; readonly end: number; readonly columns: number },
): Points {
  const first = Math.max(0, firstFrom(t, start) - 1);
  const after = Math.min(t.length, firstFrom(t, end) + 1);
  if (after - first <= columns * 4 || !(end > start)) {
    return { t: t.slice(first, after), values: values.slice(first, after) };
  }
  const kept: number[] = [];
  const width = (end - start) / columns;
  let index = first;
  while (index < after) {
    const column = Math.floor(((t[index] ?? 0) - start) / width);
    const until = Math.min(after, Math.max(index + 1, firstFrom(t, start + (column + 1) * width)));
    keep(values, index, until, kept);
    index = until;
  }
  return {
    t: Float64Array.from(kept, (place) => t[place] ?? 0),
    values: Float64Array.from(kept, (place) => values[place] ?? Number.NaN),
  };
}

/** Adds the points of one column that are seen, in their order. */
function keep(values: Float64Array, from: number, until: number, kept: number[]): void {
  let [least, greatest, first, last, gap] = [-1, -1, -1, -1, -1];
  for (let index = from; index < until; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) {
      if (gap === -1) gap = index;
      continue;
    }
    if (first === -1) first = index;
    last = index;
    if (least === -1 || value < (values[least] ?? 0)) least = index;
    if (greatest === -1 || value > (values[greatest] ?? 0)) greatest = index;
  }
  const chosen = new Set([first, least, greatest, last, gap]);
  chosen.delete(-1);
  kept.push(...[...chosen].sort((a, b) => a - b));
}

/** The first index whose time is not before. */
function firstFrom(t: Float64Array, wanted: number): number {
  let low = 0;
  let high = t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((t[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
