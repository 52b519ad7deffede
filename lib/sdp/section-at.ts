import type { SdpDocument, Section } from "./document.ts";
import { attributeValue, isAttribute } from "./line.ts";

/**
 * The section that `at` names: a string is a mid, a number an m-line index, −1 the session part.
 * Throws `RangeError` that lists the sections there are.
 */
export function sectionAt(document: SdpDocument, at: string | number): Section {
  if (at === -1) return document.session;
  const section =
    typeof at === "number"
      ? document.media[at]
      : document.media.find((candidate) => midOf(candidate) === at);
  if (section) return section;
  const asked = typeof at === "number" ? `m-line index ${at}` : `mid “${at}”`;
  throw new RangeError(`There is no media section with ${asked}; ${sectionsThereAre(document)}.`);
}

/** The media section that `at` names, as `sectionAt` finds it. Throws `RangeError` also for the session part. */
export function mediaSectionAt(document: SdpDocument, at: string | number): Section {
  if (at !== -1) return sectionAt(document, at);
  throw new RangeError(`The session part (−1) is no media section; ${sectionsThereAre(document)}.`);
}

/** The value of the first `a=mid` of a section, as written without blanks around it. RFC 5888 §4. */
export function midOf(section: Section): string | undefined {
  for (const line of section.lines) {
    if (isAttribute(line, "mid")) return attributeValue(line)?.trim();
  }
  return undefined;
}

const MOST_NAMED = 20;

function sectionsThereAre({ media }: SdpDocument): string {
  if (media.length === 0) return "this description has no media section";
  const named = media.slice(0, MOST_NAMED).map((section) => {
    const mid = midOf(section);
    return mid === undefined ? `${section.index} (no mid)` : `${section.index} (mid “${mid}”)`;
  });
  const more = media.length > MOST_NAMED ? ` and ${media.length - MOST_NAMED} more` : "";
  return `this description has ${named.join(", ")}${more}`;
}
