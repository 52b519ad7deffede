import { rfc } from "../../rfc.ts";
import type { MediaCandidate } from "../../sdp/description.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** One foundation, one type and transport. RFC 8445 §5.1.1.3. */
export const foundationShared: Rule<"candidate"> = defineRule({
  code: "candidate/foundation-shared",
  subject: "candidate",
  severity: "warning",
  rfc: rfc(8445, "5.1.1.3"),
  summary: {
    en: "Candidates of different type or transport have different foundations.",
    ko: "type이나 transport가 다른 candidate는 foundation도 달라야 합니다.",
  },
  check({ candidates, report }) {
    const firsts = new Map<string, MediaCandidate>();
    for (const current of candidates) {
      const { line, candidate } = current;
      const first = firsts.get(candidate.foundation);
      if (first === undefined) {
        firsts.set(candidate.foundation, current);
        continue;
      }
      const isSame =
        first.candidate.type === candidate.type &&
        first.candidate.transport.toLowerCase() === candidate.transport.toLowerCase();
      if (isSame || candidate.foundation === "") continue;
      report(
        line,
        {
          en: `Foundation ${candidate.foundation} belongs to a ${first.candidate.type} ${first.candidate.transport} candidate too: its check would wait for the other's, though one says nothing of the other.`,
          ko: `같은 foundation(${candidate.foundation})을 ${first.candidate.type} ${first.candidate.transport} candidate도 씁니다. 서로 무관한데도 한쪽 검사가 다른 쪽을 기다리게 됩니다.`,
        },
        {
          related: [
            { at: first.line, message: { en: "The other one.", ko: "다른 candidate입니다." } },
          ],
        },
      );
    }
  },
});
