import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What opens a server's intake, or all of it to other machines: made up once for a folder of traces and kept there, so
 * that recorders and pages find back to a server that was started anew. Its file can be read by its owner alone.
 */
export function keptToken(folder: string, name: "intake" | "access"): string {
  const path = join(folder, `.${name}-token`);
  try {
    const kept = readFileSync(path, "utf8").trim();
    if (/^[\w-]{16,}$/.test(kept)) return kept;
  } catch {
    // The first start with this folder.
  }
  const token = randomBytes(16).toString("base64url");
  try {
    writeFileSync(path, `${token}\n`, { mode: 0o600 });
  } catch {
    // A folder that takes no file keeps no token either: it holds for this run.
  }
  return token;
}
