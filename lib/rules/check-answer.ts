import type { Diagnostic } from "../diagnostic.ts";
import type { Sdp } from "../sdp/document.ts";
import { answerRules } from "./catalog.ts";
import { createReading } from "./reading.ts";
import { runRules, sectionPairs } from "./run.ts";

/** What a comparison of two descriptions may be told. */
export interface CheckOptions {
  /** Codes that are left out. */
  readonly ignore?: readonly string[] | undefined;
}

/**
 * Judges whether an answer fits its offer: RFC 3264, RFC 9429, BUNDLE, DTLS roles, codecs, extensions, simulcast.
 * Spans point into the answer; `related` places with `text: "offer"` into the offer. Never throws on content.
 * Each text by itself is for `lint` to judge.
 */
export function checkAnswer(
  offer: Sdp,
  answer: Sdp,
  options: CheckOptions = {},
): readonly Diagnostic[] {
  const offered = createReading(offer);
  const answered = createReading(answer);
  const pairs = sectionPairs(offered, answered).map(([first, second]) => ({
    offer: first,
    answer: second,
  }));
  const found = runRules(
    answerRules,
    { offer: offered, answer: answered, pairs },
    answered.document,
    { offer: offered.document },
  );
  return options.ignore ? found.filter(({ code }) => !options.ignore?.includes(code)) : found;
}
