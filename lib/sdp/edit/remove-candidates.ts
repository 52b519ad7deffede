import type { Candidate } from "../../ice/candidate.ts";
import { parseCandidate } from "../../ice/parse-candidate.ts";
import type { Sdp, SdpDocument } from "../document.ts";
import { isAttribute } from "../line.ts";
import { documentOf } from "../parse.ts";
import { midOf } from "../section-at.ts";
import { changeLines } from "./replace-lines.ts";

/** Where a candidate stands. */
export interface CandidatePlace {
  readonly mLineIndex: number;
  readonly mid?: string;
}

/**
 * Removes the candidates for which `isUnwanted` says so, from every media section; a line that is no readable candidate stays.
 *
 *     removeCandidates(sdp, ({ type }) => type !== "relay")
 */
export function removeCandidates(
  sdp: Sdp,
  isUnwanted: (candidate: Candidate, place: CandidatePlace) => boolean,
): SdpDocument {
  const document = documentOf(sdp);
  const places = document.media.map((section): CandidatePlace => {
    const mid = midOf(section);
    return { mLineIndex: section.index, ...(mid !== undefined && { mid }) };
  });
  return changeLines(document, document.media, (line, { index }) => {
    if (!isAttribute(line, "candidate")) return line;
    const { candidate } = parseCandidate(line.source);
    if (candidate === undefined) return line;
    return isUnwanted(candidate, places[index] as CandidatePlace) ? undefined : line;
  });
}
