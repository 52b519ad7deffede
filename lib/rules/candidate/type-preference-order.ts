import type { Candidate } from "../../ice/candidate.ts";
import { rfc } from "../../rfc.ts";
import type { MediaCandidate } from "../../sdp/description.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Direct candidates come before reflexive ones, and those before relays. RFC 8445 §5.1.2.1, §5.1.2.2. */
export const typePreferenceOrder: Rule<"candidate"> = defineRule({
  code: "candidate/type-preference-order",
  subject: "candidate",
  severity: "warning",
  rfc: rfc(8445, "5.1.2.2"),
  summary: {
    en: "Of one transport, host candidates have the highest priority, then prflx, srflx and relay.",
    ko: "같은 transport에서는 host, prflx, srflx, relay 순으로 priority가 높아야 합니다.",
  },
  check({ candidates, report }) {
    for (const { line, candidate } of candidates) {
      const better = candidates.find(
        (other) => isPreferable(other.candidate, candidate) && hasLess(other, candidate),
      );
      if (better === undefined) continue;
      const { type } = candidate;
      report(
        line,
        {
          en: `This ${type} candidate has a higher type preference than the ${better.candidate.type} one: the longer way would be chosen.`,
          ko: `이 ${type} candidate의 type preference가 ${better.candidate.type}보다 높습니다. 더 먼 경로가 선택될 수 있습니다.`,
        },
        {
          related: [
            { at: better.line, message: { en: "The better way.", ko: "더 가까운 경로입니다." } },
          ],
        },
      );
    }
  },
});

const order: readonly string[] = ["host", "prflx", "srflx", "relay"];

/** Whether one is of a type nearer to the machine, over the same transport. */
function isPreferable(other: Candidate, candidate: Candidate): boolean {
  const rank = order.indexOf(other.type);
  return (
    rank >= 0 &&
    rank < order.indexOf(candidate.type) &&
    other.transport.toLowerCase() === candidate.transport.toLowerCase()
  );
}

function hasLess({ candidate }: MediaCandidate, than: Candidate): boolean {
  return candidate.priority >>> 24 < than.priority >>> 24;
}
