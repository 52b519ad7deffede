import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { debianVersion } from "../lab/debian.ts";

/** What of these programs is not on the path, as a sentence; undefined when all are. */
export function missingProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(":");
  const missing = names.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  return missing.length === 0 ? undefined : `no ${missing.join(", ")}`;
}

/** Undefined when a module of npm is installed. */
export function missingModule(name: string): string | undefined {
  try {
    createRequire(import.meta.url).resolve(name);
    return undefined;
  } catch {
    return `no ${name} in node_modules`;
  }
}

/** The version of an installed module of npm, also of one that does not export its package.json. */
export function moduleVersion(name: string): string {
  const main = createRequire(import.meta.url).resolve(name);
  for (let at = dirname(main); at !== dirname(at); at = dirname(at)) {
    const path = join(at, "package.json");
    if (!existsSync(path)) continue;
    const manifest = JSON.parse(readFileSync(path, "utf8")) as { name?: string; version?: string };
    if (manifest.name === name && manifest.version !== undefined) return manifest.version;
  }
  return "unknown";
}

/** What of these Debian packages is not installed; undefined when all are. */
export function missingDebian(...names: readonly string[]): string | undefined {
  const missing = names.filter((name) => {
    try {
      return debianVersion(name) === "";
    } catch {
      return true;
    }
  });
  return missing.length === 0 ? undefined : `no ${missing.join(", ")}`;
}

/** Undefined when Debian's Python has a module. */
export function missingPythonModule(script: string): string | undefined {
  try {
    execFileSync("/usr/bin/python3", ["-c", script], { stdio: "ignore" });
    return undefined;
  } catch {
    return `python3 cannot run: ${script}`;
  }
}
