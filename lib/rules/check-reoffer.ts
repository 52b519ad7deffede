import type { Diagnostic } from "../diagnostic.ts";
import type { Sdp } from "../sdp/document.ts";
import { reofferRules } from "./catalog.ts";
import type { CheckOptions } from "./check-answer.ts";
import { createReading } from "./reading.ts";
import { runRules, sectionPairs } from "./run.ts";

/**
 * Judges what one side sends against what the same side sent before: sections, mids, ids, roles and ICE credentials
 * that have to stay or to change together. RFC 3264 §8, RFC 9429 §5.2.2.
 * Spans point into `next`; `related` places with `text: "previous"` into the earlier one. Never throws on content.
 */
export function checkReoffer(
  previous: Sdp,
  next: Sdp,
  options: CheckOptions = {},
): readonly Diagnostic[] {
  const before = createReading(previous);
  const after = createReading(next);
  const pairs = sectionPairs(before, after).map(([first, second]) => ({
    previous: first,
    next: second,
  }));
  const found = runRules(reofferRules, { previous: before, next: after, pairs }, after.document, {
    previous: before.document,
  });
  return options.ignore ? found.filter(({ code }) => !options.ignore?.includes(code)) : found;
}
