import type { Invocation } from "./command.ts";
import { UsageError } from "./command.ts";

/** The only file of a command that takes one; `undefined` for the standard input. Throws a `UsageError` for several. */
export function oneFile({ operands }: Invocation, command: string): string | undefined {
  const [name, ...rest] = operands;
  if (rest.length === 0) return name;
  throw new UsageError({
    en: `${command} takes one file, or - for the standard input; got ${operands.length}.`,
    ko: `${command}에는 파일 하나, 또는 표준 입력을 뜻하는 -를 적으십시오. 받은 개수: ${operands.length}`,
  });
}
