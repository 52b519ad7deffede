import type { SdpDocument } from "./document.ts";

/** The text of a document, byte for byte: `stringify(parse(text)) === text` for every string. */
export function stringify(document: SdpDocument): string {
  return document.toString();
}
