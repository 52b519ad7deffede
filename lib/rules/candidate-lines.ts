import type { CandidateResult } from "../ice/parse-candidate.ts";
import { parseCandidate } from "../ice/parse-candidate.ts";
import type { Line } from "../sdp/document.ts";
import { isAttribute } from "../sdp/line.ts";
import { sectionsOf } from "../sdp/sections.ts";
import type { CandidateContext } from "./rule.ts";

/** The `a=candidate` lines a rule judges: of its media section, or of a text that holds nothing but candidates. */
export function candidateLines(context: Omit<CandidateContext, "report">): readonly Line[] {
  const sections = context.media ? [context.media.section] : sectionsOf(context.document);
  return [...sections].flatMap((section) =>
    section.lines.filter((line) => isAttribute(line, "candidate")),
  );
}

/** A line as a candidate, with what is wrong with it; each line is read once for all rules. */
export function readCandidateLine(line: Line): CandidateResult {
  const cached = results.get(line);
  if (cached !== undefined) return cached;
  const result = parseCandidate(line.source);
  results.set(line, result);
  return result;
}

const results = new WeakMap<Line, CandidateResult>();
