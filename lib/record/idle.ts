/**
 * Does something soon, 100 ms later at the earliest, and in a page when it has nothing else to do, a second later at the
 * latest: the call that is recorded goes first. Returns what calls it off.
 */
export function whenIdle(task: () => void): () => void {
  const { requestIdleCallback, cancelIdleCallback } = globalThis as IdleScope;
  let idle: number | undefined;
  const timer = setTimeout(() => {
    if (requestIdleCallback === undefined) task();
    else idle = requestIdleCallback(task, { timeout: LATEST_MS - EARLIEST_MS });
  }, EARLIEST_MS);
  return () => {
    clearTimeout(timer);
    if (idle !== undefined) cancelIdleCallback?.(idle);
  };
}

const EARLIEST_MS = 100;
const LATEST_MS = 1000;

/** Of a browser's window; Node and workers lack it. */
interface IdleScope {
  readonly requestIdleCallback?: (task: () => void, options: { timeout: number }) => number;
  readonly cancelIdleCallback?: (idle: number) => void;
}
