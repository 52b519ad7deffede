import { readFile } from "node:fs/promises";
import { withParticles } from "../text.ts";
import type { Unpacked } from "../trace/unpack.ts";
import { unpack } from "../trace/unpack.ts";
import type { CommandIo } from "./command.ts";
import { UsageError } from "./command.ts";

/**
 * The texts of a file, or of the standard input for `-` and for no name at all, unpacked where they are compressed.
 * Throws a `UsageError` for a file that cannot be read. Bytes that are no UTF-8 become U+FFFD.
 */
export async function readArchive(io: CommandIo, name: string = "-"): Promise<Unpacked> {
  const content = name === "-" ? await io.input() : await readBytes(name);
  return typeof content === "string"
    ? { files: [{ text: content }], diagnostics: [] }
    : unpack(content);
}

async function readBytes(name: string): Promise<Uint8Array> {
  try {
    return await readFile(name);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new UsageError(unreadable(name, code));
  }
}

function unreadable(name: string, code: string): UsageError["sentence"] {
  const quoted = JSON.stringify(name);
  switch (code) {
    case "ENOENT":
      return {
        en: `There is no file ${quoted}. Give the path of a file, or - for the standard input.`,
        ko: `${quoted} 파일이 없습니다. 파일 경로를 적거나, 표준 입력을 쓰려면 -를 적으십시오.`,
      };
    case "EISDIR":
      return {
        en: `${quoted} is a folder. Give the path of a file in it.`,
        ko: withParticles(`${quoted}은(는) 폴더입니다. 그 안의 파일 경로를 적으십시오.`),
      };
    default:
      return {
        en: `The file ${quoted} cannot be read (${code}).`,
        ko: `${quoted} 파일을 읽을 수 없습니다(${code}).`,
      };
  }
}
