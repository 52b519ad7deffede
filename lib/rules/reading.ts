import type { MediaDescription, SessionDescription } from "../sdp/description.ts";
import type { Line, Sdp, SdpDocument, Section } from "../sdp/document.ts";
import { attributeName } from "../sdp/line.ts";
import { documentOf } from "../sdp/parse.ts";
import { readDescription } from "../sdp/read-description.ts";

/**
 * A text read once for all rules: its document, its typed model, and look-ups that are made when first asked for.
 */
export interface Reading {
  readonly document: SdpDocument;
  readonly description: SessionDescription;
  /** The first section of each mid. */
  readonly byMid: ReadonlyMap<string, MediaDescription>;
  /** The `a=name` lines of a section, in order; empty when there are none. */
  attributes(section: Section, name: string): readonly Line[];
}

/** Reads a text for the rules. Never throws. */
export function createReading(sdp: Sdp): Reading {
  const document = documentOf(sdp);
  const description = readDescription(document);
  const byMid = new Map<string, MediaDescription>();
  for (const media of description.media) {
    if (media.mid !== undefined && !byMid.has(media.mid)) byMid.set(media.mid, media);
  }
  const indexes = new Map<Section, Map<string, Line[]>>();
  return {
    document,
    description,
    byMid,
    attributes(section, name) {
      let index = indexes.get(section);
      if (index === undefined) {
        index = indexAttributes(section);
        indexes.set(section, index);
      }
      return index.get(name) ?? none;
    },
  };
}

const none: readonly Line[] = [];

function indexAttributes(section: Section): Map<string, Line[]> {
  const index = new Map<string, Line[]>();
  for (const line of section.lines) {
    const name = attributeName(line);
    if (name === undefined) continue;
    const lines = index.get(name);
    if (lines) lines.push(line);
    else index.set(name, [line]);
  }
  return index;
}
