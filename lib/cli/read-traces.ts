import { basename } from "node:path";
import type { ImportResult } from "../trace/import-trace.ts";
import { importTrace } from "../trace/import-trace.ts";
import type { CommandIo } from "./command.ts";
import { UsageError } from "./command.ts";
import { inFile } from "./in-file.ts";
import { readArchive } from "./read-archive.ts";

/**
 * The traces in a file, or on the standard input for `-` and for no name at all: our own format, or any that can be imported,
 * compressed or not; those of all files of an archive. Throws a `UsageError` for a file that cannot be read and for one
 * that holds no trace. A trace keeps the name of its file, not its folder.
 */
export async function readTraces(io: CommandIo, name: string = "-"): Promise<ImportResult> {
  const { files, diagnostics } = await readArchive(io, name);
  const results = files.map(({ text }) =>
    importTrace(text, name === "-" ? {} : { file: basename(name) }),
  );
  const traces = results.flatMap((result) => result.traces);
  const all = [...diagnostics, ...results.flatMap((result) => result.diagnostics)];
  if (traces.length === 0) {
    const reason = all.find(({ severity }) => severity === "error")?.message;
    throw new UsageError(inFile(name, reason ?? nothing));
  }
  const format = results.find((result) => result.format)?.format;
  return { traces, diagnostics: all, ...(format && { format }) };
}

const nothing = {
  en: "There is no session in it.",
  ko: "세션이 들어 있지 않습니다.",
};
