import type { SdpDocument, Section } from "./document.ts";

/** Every section of a document: the session part first, then the media sections. */
export function sectionsOf(document: SdpDocument): readonly Section[] {
  return [document.session, ...document.media];
}
