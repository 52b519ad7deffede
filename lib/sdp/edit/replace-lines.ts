import type { Line, LineEnd, SdpDocument, Section } from "../document.ts";
import { createLine } from "../line.ts";
import { documentFrom } from "../parse.ts";
import { sectionsOf } from "../sections.ts";

/**
 * What an edit does to one line: keep it (the line itself), drop it (`undefined`), or put texts in its place.
 * The texts get the line end of the line they replace.
 */
export type LineChange = Line | undefined | readonly string[];

/**
 * A document in which each line of the given sections is what `change` says of it, followed by the `added` texts.
 * Untouched lines and sections are the same objects. Returns the document itself when nothing changes.
 */
export function replaceLines(
  document: SdpDocument,
  sections: readonly Section[],
  change: (line: Line, section: Section) => LineChange,
): SdpDocument {
  const changed = new Map<number, readonly Line[]>();
  for (const section of sections) {
    const lines: Line[] = [];
    let isChanged = false;
    for (const line of section.lines) {
      const result = change(line, section);
      if (result === line) {
        lines.push(line);
        continue;
      }
      isChanged = true;
      if (Array.isArray(result)) pushTexts(lines, result, line.eol, document);
    }
    if (isChanged) changed.set(section.index, lines);
  }
  return withSections(document, changed);
}

/** A document with lines added to a section, behind its last line that is not blank, in the document's own line end. */
export function addLines(
  document: SdpDocument,
  section: Section,
  texts: readonly string[],
): SdpDocument {
  if (texts.length === 0) return document;
  let count = section.lines.length;
  while (count > 0 && section.lines[count - 1]?.source === "") count--;
  return insertLines(document, section, count, texts);
}

/** A document with lines inserted into a section before its line number `index`. */
export function insertLines(
  document: SdpDocument,
  section: Section,
  index: number,
  texts: readonly string[],
): SdpDocument {
  if (texts.length === 0) return document;
  const eol = dominantLineEnd(document);
  const before = section.lines.slice(0, index);
  const last = before.at(-1);
  let end: LineEnd = eol;
  if (last?.eol === "") {
    // The text ends without a line end here: the new lines take that place, and the text still ends without one.
    before[before.length - 1] = createLine(last.source, eol);
    end = "";
  }
  const lines = texts.map((text, at) => createLine(text, at === texts.length - 1 ? end : eol));
  const rest = section.lines.slice(index);
  return withSections(document, new Map([[section.index, [...before, ...lines, ...rest]]]));
}

/** A document in which some sections, named by their index (−1 for the session part), have other lines. */
export function withSections(
  document: SdpDocument,
  changed: ReadonlyMap<number, readonly Line[]>,
): SdpDocument {
  if (changed.size === 0) return document;
  const replace = (section: Section): Section => {
    const lines = changed.get(section.index);
    return lines === undefined ? section : { index: section.index, lines };
  };
  return documentFrom(replace(document.session), document.media.map(replace));
}

/** The line end that most lines of a document have; CRLF when there is none, or as many of another. */
export function dominantLineEnd(document: SdpDocument): Exclude<LineEnd, ""> {
  const counts = { "\r\n": 0, "\n": 0, "\r": 0, "": 0 };
  for (const section of sectionsOf(document)) {
    for (const { eol } of section.lines) counts[eol]++;
  }
  if (counts["\r\n"] >= counts["\n"] && counts["\r\n"] >= counts["\r"]) return "\r\n";
  return counts["\n"] >= counts["\r"] ? "\n" : "\r";
}

function pushTexts(
  lines: Line[],
  texts: readonly string[],
  eol: LineEnd,
  document: SdpDocument,
): void {
  texts.forEach((text, at) => {
    const isLast = at === texts.length - 1;
    lines.push(createLine(text, eol === "" && !isLast ? dominantLineEnd(document) : eol));
  });
}
