import { formatDiagnostics } from "../../diagnostic.ts";
import { checkAnswer } from "../../rules/check-answer.ts";
import type { Sdp } from "../../sdp/document.ts";
import type { MatcherResult, MatcherState } from "../matcher.ts";
import { misuse } from "../matcher.ts";
import { needsSdp, receivedSdp } from "../received-sdp.ts";

/** `expect(answer).toAnswer(offer)`: `checkAnswer` finds no error. */
export function toAnswer(
  this: MatcherState,
  received: unknown,
  offer: Sdp | { readonly sdp: string },
): MatcherResult {
  const answer = receivedSdp(received);
  if (answer === undefined) return misuse(this, needsSdp("toAnswer", received));
  const offered = receivedSdp(offer);
  if (offered === undefined) return misuse(this, needsSdp("toAnswer's offer", offer));
  const failing = checkAnswer(offered, answer).filter(({ severity }) => severity === "error");
  return {
    pass: failing.length === 0,
    message: () =>
      failing.length === 0
        ? "Expected the answer not to fit the offer, but it does."
        : `Expected the answer to fit the offer, but:\n\n${formatDiagnostics(answer.toString(), failing)}`,
  };
}
