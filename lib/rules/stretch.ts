/** A time in which a measure was bad, from its first bad value to its last. */
export interface Stretch {
  /** Milliseconds since the trace's start. */
  readonly start: number;
  readonly end: number;
  /** The mean of all values in it, good ones too. */
  readonly mean: number;
}

/** Values and their times, growing; `NaN` stands where nothing is known. */
export interface Measurements {
  readonly t: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** How long a measure has to be bad before anything is said of it, in milliseconds. */
export const LEAST_STRETCH_MS = 5000;

/**
 * The longest time in which a measure was bad, `undefined` when it never was for so long. One bad value is noise: there have
 * to be four, two of three values have to be bad, and one good value ends nothing, two in a row do. Values more than ten seconds
 * apart do not belong together.
 */
export function longestStretch(
  { t, values }: Measurements,
  isBad: (value: number, index: number) => boolean,
  leastMs: number = LEAST_STRETCH_MS,
): Stretch | undefined {
  let longest: Stretch | undefined;
  let run: Run | undefined;
  const close = (): void => {
    const { start, end, bad, count, sum } = run ?? none;
    run = undefined;
    const length = end - start;
    if (length < leastMs || bad < LEAST_VALUES || bad * 3 < count * 2) return;
    if (!longest || length > longest.end - longest.start)
      longest = { start, end, mean: sum / count };
  };
  let before = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < t.length; index++) {
    const at = t[index] ?? 0;
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (at - before > APART_MS) close();
    before = at;
    if (isBad(value, index)) {
      run ??= { start: at, end: at, bad: 0, count: 0, sum: 0, good: 0, goodSum: 0 };
      run.end = at;
      run.bad++;
      run.count += run.good + 1;
      run.sum += run.goodSum + value;
      run.good = 0;
      run.goodSum = 0;
    } else if (run) {
      run.good++;
      run.goodSum += value;
      if (run.good > 1) close();
    }
  }
  close();
  return longest;
}

/** A stretch that may go on; good values count once a bad one follows. */
interface Run {
  readonly start: number;
  end: number;
  bad: number;
  count: number;
  sum: number;
  good: number;
  goodSum: number;
}

const none: Run = { start: 0, end: 0, bad: 0, count: 0, sum: 0, good: 0, goodSum: 0 };
const LEAST_VALUES = 4;
const APART_MS = 10_000;
