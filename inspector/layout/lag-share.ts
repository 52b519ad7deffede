/** What fills the whole bar. Milliseconds. */
const LONGEST = 30_000;

/**
 * How far the bar of a difference reaches, −1 to 1: logarithmic, so that 5 ms can be seen beside 5 s, and nothing for
 * less than a millisecond.
 */
export function lagShare(ms: number): number {
  const size = Math.abs(ms);
  if (!(size >= 1)) return 0;
  return Math.sign(ms) * Math.min(1, Math.log(size + 1) / Math.log(LONGEST + 1));
}
