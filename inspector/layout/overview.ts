import type { EventColumns } from "../source/picture.ts";
import { kinds } from "../source/picture.ts";
import type { TimeScale } from "./time-scale.ts";

/** A bar of the overview: how much happened in one stretch of pixels. */
export interface OverviewBar {
  readonly x: number;
  /** 0 to 1, of the busiest stretch; the square root, so that single events stay visible. */
  readonly height: number;
}

/** The width of one stretch. */
const STRETCH = 6;

const quiet: readonly number[] = [kinds.indexOf("stats"), kinds.indexOf("alive")];

/** Counts events by stretches of the axis; statistics and signs of life are not activity. */
export function placeBars(events: EventColumns, scale: TimeScale): readonly OverviewBar[] {
  const counts = new Uint32Array(Math.ceil(scale.width / STRETCH) + 1);
  const { t, kind, count } = events;
  // Events come in order of time, so a whole stretch is counted against one border.
  let stretch = 0;
  let border = Number.NEGATIVE_INFINITY;
  let begin = Number.POSITIVE_INFINITY;
  for (let index = 0; index < count; index++) {
    const code = kind[index] ?? 0;
    if (code === quiet[0] || code === quiet[1]) continue;
    const at = t[index] ?? 0;
    if (at >= border || at < begin) {
      stretch = Math.max(0, Math.min(counts.length - 1, Math.floor(scale.x(at) / STRETCH)));
      begin = at;
      border = scale.time(Math.min(scale.width, (stretch + 1) * STRETCH));
    }
    counts[stretch] = (counts[stretch] ?? 0) + 1;
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const bars: OverviewBar[] = [];
  for (let index = 0; index < counts.length; index++) {
    const number = counts[index] ?? 0;
    if (number > 0) bars.push({ x: index * STRETCH + 1, height: Math.sqrt(number / most) });
  }
  return bars;
}

/** Where trouble is, one mark for each stretch of the axis. Pixels. */
export function placeTrouble(times: Iterable<number>, scale: TimeScale): readonly number[] {
  const stretches = new Set<number>();
  for (const t of times) {
    const x = scale.x(t);
    if (x >= 0 && x <= scale.width) stretches.add(Math.floor(x / STRETCH));
  }
  return [...stretches].map((stretch) => stretch * STRETCH + 1);
}
