import type { TraceEvent } from "../../lib/index.ts";
import type { TimeScale } from "./time-scale.ts";

/** A bar of the overview: how much happened in one stretch of pixels. */
export interface OverviewBar {
  readonly x: number;
  /** 0 to 1, of the busiest stretch; the square root, so that single events stay visible. */
  readonly height: number;
  readonly hasTrouble: boolean;
}

/** The width of one stretch. */
const STRETCH = 6;

/** Counts events by stretches of the axis; statistics and signs of life are not activity. */
export function placeBars(
  events: readonly TraceEvent[],
  scale: TimeScale,
  troubled: ReadonlySet<number>,
): readonly OverviewBar[] {
  const counts = new Map<number, { count: number; hasTrouble: boolean }>();
  for (const event of events) {
    if (event.kind === "stats" || event.kind === "alive") continue;
    const index = Math.floor(scale.x(event.t) / STRETCH);
    const known = counts.get(index);
    const hasTrouble = troubled.has(event.seq);
    if (!known) counts.set(index, { count: 1, hasTrouble });
    else {
      known.count++;
      known.hasTrouble ||= hasTrouble;
    }
  }
  let most = 1;
  for (const { count } of counts.values()) most = Math.max(most, count);
  return [...counts.entries()]
    .sort(([a], [b]) => a - b)
    .map(([index, { count, hasTrouble }]) => ({
      x: index * STRETCH + 1,
      height: Math.sqrt(count / most),
      hasTrouble,
    }));
}
