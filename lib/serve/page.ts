import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A file of the built inspector. */
export interface PageFile {
  readonly body: Buffer;
  readonly contentType: string;
  /** Its name has a hash of its content in it: it never changes. */
  readonly isImmutable: boolean;
}

/** The folder of the built inspector. */
export function builtInspector(): string {
  return built("inspector/");
}

/** The file of the built recorder for pages. */
export function builtRecorder(): string {
  return built("record/record.js");
}

/** A path in `dist`, both for the built package, which is there itself, and for its sources. */
function built(path: string): string {
  const dist = import.meta.url.endsWith(".ts") ? "../../dist/" : "../../";
  return fileURLToPath(new URL(dist + path, import.meta.url));
}

/** Reads the file of the page at a URL's path; `undefined` when there is none, or it lies outside the folder. */
export async function readPageFile(folder: string, path: string): Promise<PageFile | undefined> {
  const name = decode(path === "/" ? "/index.html" : path);
  if (name === undefined || name.includes("\0")) return undefined;
  const file = normalize(join(folder, name));
  if (!file.startsWith(normalize(folder + sep))) return undefined;
  const contentType = contentTypes[extname(file)];
  if (contentType === undefined) return undefined;
  try {
    return { body: await readFile(file), contentType, isImmutable: name.startsWith("/assets/") };
  } catch {
    return undefined;
  }
}

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".jsonl": "application/jsonl; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".map": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
