import type { Message } from "../text.ts";

/** A sentence about a file, with its name before it; the standard input has none. */
export function inFile(name: string, { en, ko }: Message): Message {
  const file = name === "-" ? "" : `${JSON.stringify(name)}: `;
  return { en: file + en, ko: file + ko };
}
