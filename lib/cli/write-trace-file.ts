import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeTrace } from "../trace/file.ts";
import type { Trace } from "../trace/trace.ts";
import { UsageError } from "./command.ts";

/**
 * Writes a trace into a folder, under its id; gives the file's path. The folder is made where there is none.
 * Throws a `UsageError` for a folder that cannot be written to.
 */
export async function writeTraceFile(folder: string, trace: Trace): Promise<string> {
  const path = join(folder, `${trace.header.id.replace(/[^\w.-]/g, "_")}.sdpscope.jsonl`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, writeTrace(trace));
    return path;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UsageError({
      en: `${JSON.stringify(path)} cannot be written (${code}).`,
      ko: `${JSON.stringify(path)}에 쓸 수 없습니다(${code}).`,
    });
  }
}
