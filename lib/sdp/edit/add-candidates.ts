import type { Candidate } from "../../ice/candidate.ts";
import { parseCandidate } from "../../ice/parse-candidate.ts";
import { candidate as attribute } from "../attributes/candidate.ts";
import type { Line, Sdp, SdpDocument, Section } from "../document.ts";
import { isAttribute } from "../line.ts";
import { documentOf } from "../parse.ts";
import { mediaSectionAt } from "../section-at.ts";
import { oneLine } from "./attribute-text.ts";
import { endOfContent, insertLines } from "./replace-lines.ts";

/**
 * Adds candidates to a media section, behind those that stand there and before `a=end-of-candidates`.
 * A candidate is an object, or its text with or without `a=` and `candidate:`. One that stands there already, letter for letter,
 * is not added again. RFC 8839 §5.1.
 * Throws `RangeError` for a section that is not there and for a text that is no candidate.
 */
export function addCandidates(
  sdp: Sdp,
  at: string | number,
  candidates: readonly (Candidate | string)[],
): SdpDocument {
  const document = documentOf(sdp);
  const section = mediaSectionAt(document, at);
  const standing = new Set(section.lines.map(({ source }) => source));
  const texts = new Set(candidates.map(lineOf).filter((text) => !standing.has(text)));
  return insertLines(document, section, [...texts], placeForCandidates(section));
}

function lineOf(candidate: Candidate | string): string {
  const value = typeof candidate === "string" ? parseCandidate(candidate).candidate : candidate;
  if (value === undefined) throw new RangeError(`“${candidate}” is no ICE candidate.`);
  return oneLine(`a=candidate:${attribute.print(value)}`);
}

function placeForCandidates(section: Section): number {
  const isCandidate = (line: Line) => isAttribute(line, "candidate");
  const last = section.lines.findLastIndex(isCandidate);
  if (last >= 0) return last + 1;
  const end = section.lines.findIndex((line) => isAttribute(line, "end-of-candidates"));
  return end >= 0 ? end : endOfContent(section);
}
