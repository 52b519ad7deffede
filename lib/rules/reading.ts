import type { MediaDescription, SessionDescription } from "../sdp/description.ts";
import type { Line, Sdp, SdpDocument, Section } from "../sdp/document.ts";
import { attributeName } from "../sdp/line.ts";
import { documentOf, remember } from "../sdp/parse.ts";
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
  /** The lines of a section with a type letter other than `a`, in order; empty when there are none. */
  lines(section: Section, type: string): readonly Line[];
}

/** Reads a text for the rules; a document is read once, whoever judges it next. Never throws. */
export function createReading(sdp: Sdp): Reading {
  const document = documentOf(sdp);
  return remember(document, readingKey, () => read(document));
}

const readingKey = Symbol("reading");

function read(document: SdpDocument): Reading {
  const description = readDescription(document);
  const byMid = new Map<string, MediaDescription>();
  for (const media of description.media) {
    if (media.mid !== undefined && !byMid.has(media.mid)) byMid.set(media.mid, media);
  }
  const indexes = new Map<Section, Map<string, Line[]>>();
  const indexOf = (section: Section): ReadonlyMap<string, Line[]> => {
    const known = indexes.get(section);
    if (known) return known;
    const index = indexLines(section);
    indexes.set(section, index);
    return index;
  };
  return {
    document,
    description,
    byMid,
    attributes: (section, name) => indexOf(section).get(name) ?? none,
    // No attribute has "=" in its name, so both kinds share one index.
    lines: (section, type) => indexOf(section).get(`${type}=`) ?? none,
  };
}

const none: readonly Line[] = [];

function indexLines(section: Section): Map<string, Line[]> {
  const index = new Map<string, Line[]>();
  for (const line of section.lines) {
    const key = attributeName(line) ?? line.source.slice(0, 2);
    const lines = index.get(key);
    if (lines) lines.push(line);
    else index.set(key, [line]);
  }
  return index;
}
