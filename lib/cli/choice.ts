import type { Invocation } from "./command.ts";
import { UsageError } from "./command.ts";

/**
 * The value of an option that takes one of a few words; `undefined` when it was not given.
 * Throws a `UsageError` that names the words for any other value.
 */
export function choice<const Word extends string>(
  { options }: Invocation,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw new UsageError({
    en: `--${name} is one of ${words.join(", ")}; got ${JSON.stringify(value)}.`,
    ko: `--${name}의 값은 ${words.join(", ")} 중 하나입니다. 받은 값: ${JSON.stringify(value)}`,
  });
}
