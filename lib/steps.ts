/**
 * Work that takes long, in steps: at each `yield` the caller may do something else first, or give up. The last one gives
 * the result. What is worked on must not change in between.
 */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Does all steps at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** After so many small things (events, messages) a step ends: a few milliseconds on a slow machine. */
export const STEP = 2000;
