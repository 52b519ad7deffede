import type { Diagnostic } from "../diagnostic.ts";
import type { MediaDescription } from "../sdp/description.ts";
import type { SdpDocument } from "../sdp/document.ts";
import type { Reading } from "./reading.ts";
import type { Report, Rule, RuleContexts, RuleSubject } from "./rule.ts";
import { createReport } from "./rule.ts";

/**
 * Runs rules of one subject and gives their findings in the order of the judged text;
 * findings about the whole text come first, those of one place in the order of the rules.
 */
export function runRules<Subject extends RuleSubject>(
  rules: readonly Rule<Subject>[],
  context: Omit<RuleContexts[Subject], "report">,
  document: SdpDocument,
  others: { readonly offer?: SdpDocument; readonly previous?: SdpDocument } = {},
): Diagnostic[] {
  const found: Diagnostic[] = [];
  // One context for all rules; each takes its report function out of it before the next one is set.
  const shared = { ...context, report: noReport };
  for (const rule of rules) {
    shared.report = createReport(rule, document, found, others);
    rule.check(shared as unknown as RuleContexts[Subject]);
  }
  return found.sort(byPlace);
}

/** The sections that stand at the same m-line index in two descriptions. */
export function sectionPairs(
  first: Reading,
  second: Reading,
): readonly (readonly [MediaDescription, MediaDescription])[] {
  const others = second.description.media;
  const pairs: (readonly [MediaDescription, MediaDescription])[] = [];
  for (const media of first.description.media) {
    const other = others[media.index];
    if (other) pairs.push([media, other]);
  }
  return pairs;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (a.span?.start ?? -1) - (b.span?.start ?? -1);
}

const noReport: Report = () => {};
