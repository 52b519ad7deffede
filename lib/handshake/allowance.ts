/** How often something may happen: a store that fills up with time and loses one each time. */
export interface Allowance {
  /** Takes one when there is one. `now` in milliseconds, of any clock that does not go back. */
  take(now: number): boolean;
}

/** Makes a full store of `burst`, which gets `perSecond` back each second. */
export function createAllowance(limits: {
  readonly perSecond: number;
  readonly burst: number;
}): Allowance {
  const { perSecond, burst } = limits;
  let left = burst;
  let at: number | undefined;
  return {
    take(now) {
      left = Math.min(burst, left + ((now - (at ?? now)) / 1000) * perSecond);
      at = now;
      if (left < 1) return false;
      left--;
      return true;
    },
  };
}
