import { methodOf } from "./field.ts";
import { quietly } from "./quietly.ts";

/**
 * Tells how what a method returned settles, and returns a promise that settles like it, behind that; `undefined` when it
 * is no promise. A promise of the engine's is asked by the engine's own `then`, one of a script's by that script's.
 * What is told may throw: the promise settles as ever.
 */
export function whenSettled(
  result: unknown,
  settle: (value: unknown) => void,
  fail: (error: unknown) => void,
): PromiseLike<unknown> | undefined {
  if (typeof result !== "object" || result === null) return undefined;
  const succeeded = (value: unknown): unknown => {
    quietly(() => settle(value));
    return value;
  };
  // Taken over from the engine's promise and not thrown here: browsers report nothing that a script of another site threw.
  const failed = (error: unknown): unknown => {
    quietly(() => fail(error));
    return result;
  };
  try {
    return then.call(result, succeeded, failed);
  } catch {
    // Not one of the engine's.
  }
  return methodOf(result, "then")?.call(result, succeeded, failed) as
    | PromiseLike<unknown>
    | undefined;
}

/** As it was before any script of the page could replace it. */
const { then } = Promise.prototype;
