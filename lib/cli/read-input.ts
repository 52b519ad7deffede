import type { CommandIo } from "./command.ts";
import { UsageError } from "./command.ts";
import { inFile } from "./in-file.ts";
import { readArchive } from "./read-archive.ts";

/**
 * The text of a file, or of the standard input for `-` and for no name at all; of a compressed one what is in it,
 * of an archive its first file. Throws a `UsageError` for a file that cannot be read or unpacked.
 */
export async function readInput(io: CommandIo, name: string = "-"): Promise<string> {
  const { files, diagnostics } = await readArchive(io, name);
  const [first] = files;
  if (first) return first.text;
  const [refusal] = diagnostics;
  throw new UsageError(
    refusal
      ? inFile(name, refusal.message)
      : {
          en: `The archive ${JSON.stringify(name)} holds no file.`,
          ko: `${JSON.stringify(name)} 압축 파일에 파일이 없습니다.`,
        },
  );
}
