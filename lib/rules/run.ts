import type { Diagnostic } from "../diagnostic.ts";
import type { MediaDescription } from "../sdp/description.ts";
import type { SdpDocument } from "../sdp/document.ts";
import type { Reading } from "./reading.ts";
import type { Rule, RuleContexts, RuleSubject } from "./rule.ts";
import { createReporter } from "./rule.ts";

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
  const [first] = rules;
  if (!first) return found;
  // One context and one report function for all rules: most texts break none, and then nothing is made.
  const reporter = createReporter(first, document, found, others);
  const shared = { ...context, report: reporter.report } as unknown as RuleContexts[Subject];
  for (const rule of rules) {
    reporter.rule = rule;
    rule.check(shared);
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
