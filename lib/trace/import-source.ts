import type { JsonReading } from "./read-json.ts";
import { readJson } from "./read-json.ts";

/** A text to be imported, with what several importers look at and one reads once. */
export interface ImportSource {
  /** Without a byte order mark. */
  readonly text: string;
  /** The name of its file, when there is one: for people only, formats are told by content. */
  readonly file?: string;
  /** Its first 4,096 characters, from the first that is no blank. */
  readonly head: string;
  /** The text read as JSON, as far as it is; read once, when first asked for. */
  json(): JsonReading;
  /** Tells it from other texts: a hash of its beginning and its length, in hexadecimal. */
  fingerprint(): string;
}

/** Prepares a text for importers. */
export function createImportSource(text: string, file?: string): ImportSource {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  let start = 0;
  while (start < body.length && isBlank(body.charCodeAt(start))) start++;
  let json: JsonReading | undefined;
  let hash: string | undefined;
  return {
    text: body,
    ...(file !== undefined && { file }),
    head: body.slice(start, start + HEAD_SIZE),
    json() {
      json ??= readJson(body);
      return json;
    },
    fingerprint() {
      hash ??= fingerprint(body);
      return hash;
    },
  };
}

const HEAD_SIZE = 4096;

function isBlank(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13);
}

/** Two dumps of one second are told apart by their beginning and their length. */
const FINGERPRINTED = 65_536;

function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  const mix = (unit: number): void => {
    hash = Math.imul(hash ^ unit, 0x01000193);
  };
  for (let at = 0; at < Math.min(text.length, FINGERPRINTED); at++) mix(text.charCodeAt(at));
  mix(text.length);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
