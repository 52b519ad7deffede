import type { Line, LineEnd, SdpDocument, Section } from "../document.ts";
import { createLine } from "../line.ts";
import { documentFrom, recall, remember } from "../parse.ts";
import { sectionsOf } from "../sections.ts";

/** What an edit does to one line: keep it (the line itself), drop it (`undefined`), or put a text in its place. */
export type LineChange = Line | undefined | string;

/**
 * A document in which each line of the given sections is what `change` says of it. A new text gets the line end of the
 * line it replaces; a text equal to the line's own is no change. Untouched lines and sections are the same objects,
 * and where nothing changes the document itself is returned.
 */
export function changeLines(
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
      const next = typeof result === "string" ? withText(line, result) : result;
      if (next !== line) isChanged = true;
      if (next) lines.push(next);
    }
    if (isChanged) changed.set(section.index, lines);
  }
  return withSections(document, changed);
}

/**
 * A document in which exactly `texts` stand, in this order, where the lines that `isOne` finds in a section stood:
 * at the place of the first of them, or before line `place` of the section when there is none.
 */
export function setLines(
  document: SdpDocument,
  section: Section,
  isOne: (line: Line) => boolean,
  texts: readonly string[],
  place: number = endOfContent(section),
): SdpDocument {
  const found = section.lines.filter(isOne);
  if (found.length === texts.length && found.every(({ source }, at) => source === texts[at])) {
    return document;
  }
  if (found.length === 0) return insertLines(document, section, texts, place);
  const eol = found[0]?.eol || dominantLineEnd(document);
  const unused = [...found];
  const wanted = texts.map((text) => {
    const same = unused.findIndex(({ source }) => source === text);
    return same < 0 ? createLine(text, eol) : (unused.splice(same, 1)[0] as Line);
  });
  const first = section.lines.findIndex(isOne);
  const rest = (line: Line) => !isOne(line);
  const lines = [
    ...section.lines.slice(0, first),
    ...wanted,
    ...section.lines.slice(first).filter(rest),
  ];
  return withSections(document, new Map([[section.index, lines]]));
}

/** A document with lines inserted into a section, before its line `place`; without a place behind its last line that is not blank. */
export function insertLines(
  document: SdpDocument,
  section: Section,
  texts: readonly string[],
  place: number = endOfContent(section),
): SdpDocument {
  if (texts.length === 0) return document;
  const eol = dominantLineEnd(document);
  const lines = [
    ...section.lines.slice(0, place),
    ...texts.map((text) => createLine(text, eol)),
    ...section.lines.slice(place),
  ];
  return withSections(document, new Map([[section.index, lines]]));
}

/** The number of lines of a section up to its last one that is not blank. */
export function endOfContent({ lines }: Section): number {
  return lines.findLastIndex(({ source }) => source !== "") + 1;
}

/**
 * A document in which some sections, named by their index (−1 for the session part), have other lines.
 * A line that has come to stand in the middle gets a line end if it had none; a text that ended without one still does.
 */
export function withSections(
  document: SdpDocument,
  changed: ReadonlyMap<number, readonly Line[]>,
): SdpDocument {
  if (changed.size === 0) return document;
  const media = [...document.media];
  let session = document.session;
  for (const [index, lines] of changed) {
    if (index === -1) session = { index, lines };
    else media[index] = { index, lines };
  }
  const lastBefore = lastLine(document);
  if (lastBefore?.eol === "") return withSettledEnd(document, session, media, lastBefore);
  const after = documentFrom(session, media);
  passOnCounts(document, after, changed);
  return after;
}

/** The line end that most lines of a document have; CRLF when there is none, or as many of another. */
export function dominantLineEnd(document: SdpDocument): Exclude<LineEnd, ""> {
  const counts = countsOf(document);
  if (counts["\r\n"] >= counts["\n"] && counts["\r\n"] >= counts["\r"]) return "\r\n";
  return counts["\n"] >= counts["\r"] ? "\n" : "\r";
}

/** How many lines have which end. */
type LineEndCounts = Record<LineEnd, number>;

const countsKey = Symbol("line ends");

function countsOf(document: SdpDocument): LineEndCounts {
  return remember(document, countsKey, () => {
    const counts: LineEndCounts = { "\r\n": 0, "\n": 0, "\r": 0, "": 0 };
    for (const section of sectionsOf(document)) count(counts, section, 1);
    return counts;
  });
}

/** Counts that are known stay known: an edit in each of many sections would count all lines each time. */
function passOnCounts(
  before: SdpDocument,
  after: SdpDocument,
  changed: ReadonlyMap<number, readonly Line[]>,
): void {
  const known = recall<LineEndCounts>(before, countsKey);
  if (known === undefined) return;
  const counts = { ...known };
  for (const index of changed.keys()) {
    count(counts, sectionOf(before, index), -1);
    count(counts, sectionOf(after, index), 1);
  }
  remember(after, countsKey, () => counts);
}

function count(counts: LineEndCounts, { lines }: Section, by: 1 | -1): void {
  for (const { eol } of lines) counts[eol] += by;
}

function sectionOf({ session, media }: SdpDocument, index: number): Section {
  return index === -1 ? session : (media[index] as Section);
}

function withText(line: Line, text: string): Line {
  return line.source === text ? line : createLine(text, line.eol);
}

function lastLine({ session, media }: SdpDocument): Line | undefined {
  for (let at = media.length - 1; at >= 0; at--) {
    const line = media[at]?.lines.at(-1);
    if (line) return line;
  }
  return session.lines.at(-1);
}

/** For a text that ended without a line end: only its very last line may have none, and a line put there has none. */
function withSettledEnd(
  before: SdpDocument,
  session: Section,
  media: readonly Section[],
  lastBefore: Line,
): SdpDocument {
  const after = documentFrom(session, media);
  const last = lastLine(after);
  if (last === undefined || last === lastBefore) return after;
  const eol = dominantLineEnd(before);
  const isNew = !sectionsOf(before).some(({ lines }) => lines.includes(last));
  const settle = (section: Section): Section => {
    const needsChange = section.lines.some((line) => line !== last && line.eol === "");
    if (!needsChange && !(isNew && section.lines.includes(last))) return section;
    const lines = section.lines.map((line) => {
      if (line === last) return isNew ? createLine(line.source, "") : line;
      return line.eol === "" ? createLine(line.source, eol) : line;
    });
    return { index: section.index, lines };
  };
  return documentFrom(settle(session), media.map(settle));
}
