import { methodOf } from "./field.ts";

/**
 * Tells how what a method returned settles, and returns a promise that settles like it, behind that; `undefined` when it
 * is no promise. A promise of the engine's is asked by the engine's own `then`, one of a script's by that script's.
 */
export function whenSettled(
  result: unknown,
  settle: (value: unknown) => void,
  fail: (error: unknown) => void,
): PromiseLike<unknown> | undefined {
  if (typeof result !== "object" || result === null) return undefined;
  let told: Promise<unknown> | undefined;
  try {
    told = then.call(result, settle, fail);
  } catch {
    // Not one of the engine's.
  }
  if (told !== undefined) return then.call(told, () => result);
  const of = methodOf(result, "then");
  return (of?.call(result, settle, fail) as PromiseLike<void> | undefined)?.then(() => result);
}

/** As it was before any script of the page could replace it. */
const { then } = Promise.prototype;
