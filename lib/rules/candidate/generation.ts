import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A candidate in a description is of the description's ICE session. RFC 8839 §4.4.1.1.1, RFC 8838 §9. */
export const candidateGeneration: Rule<"candidate"> = defineRule({
  code: "candidate/generation",
  subject: "candidate",
  severity: "warning",
  rfc: rfc(8838, "9"),
  summary: {
    en: "The ufrag of a candidate is the a=ice-ufrag of its section.",
    ko: "candidate의 ufrag는 섹션의 a=ice-ufrag와 같아야 합니다.",
  },
  check({ media, candidates, report }) {
    const known = media?.ice.ufrag;
    if (known === undefined) return;
    for (const { line, candidate } of candidates) {
      const { usernameFragment } = candidate;
      if (usernameFragment === undefined || usernameFragment === known) continue;
      report(partOf(line, `ufrag ${usernameFragment}`), {
        en: `The candidate is of ufrag ${usernameFragment}, the section of ${known}: it was gathered before or after an ICE restart.`,
        ko: `candidate의 ufrag는 ${usernameFragment}이고 섹션은 ${known}입니다. ICE 재시작 전이나 후에 수집된 candidate입니다.`,
      });
    }
  },
});
