import type { Idle, TimeScale } from "./time-scale.ts";
import { createTimeScale } from "./time-scale.ts";

/** The axis that lanes and graphs share: with the same time and width they have the same pixels. */
export function viewScale(view: {
  readonly time: { readonly start: number; readonly end: number };
  readonly width: number;
  readonly idle: readonly Idle[];
}): TimeScale {
  const isNarrow = view.width < 500;
  return createTimeScale({
    ...view.time,
    width: Math.max(1, view.width),
    idle: view.idle,
    foldWidth: isNarrow ? 18 : 48,
    tickDistance: isNarrow ? 76 : 96,
  });
}

/** What is fetched for a view: a stretch that holds it and stays the same while the view moves a little. Milliseconds. */
export function stretchAround({ start, end }: { readonly start: number; readonly end: number }): {
  readonly start: number;
  readonly end: number;
} {
  const length = 2 ** Math.ceil(Math.log2(Math.max(1e-3, end - start)));
  const from = Math.floor(start / length) * length;
  return { start: from, end: from + length * 2 };
}
