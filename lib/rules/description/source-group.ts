import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Every SSRC of a group has its lines, and a pair has two. RFC 5576 §4.2. */
export const sourceGroup: Rule<"description"> = defineRule({
  code: "sdp/source-group",
  subject: "description",
  severity: "error",
  rfc: rfc(5576, "4.2", "MUST"),
  summary: {
    en: "Every SSRC of an a=ssrc-group has an a=ssrc line, and FID and FEC-FR groups have exactly two.",
    ko: "a=ssrc-group의 SSRC마다 a=ssrc 줄이 있어야 하고, FID와 FEC-FR 그룹에는 정확히 둘이 있어야 합니다.",
  },
  check({ description, report }) {
    for (const { sources, sourceGroups } of description.media) {
      const known = new Set(sources.map(({ ssrc }) => ssrc));
      for (const { line, semantics, ssrcs } of sourceGroups) {
        if ((semantics === "FID" || semantics === "FEC-FR") && ssrcs.length !== 2)
          report(line, {
            en: `A ${semantics} group has two SSRCs, this one has ${ssrcs.length}. Chromium refuses it.`,
            ko: `${semantics} 그룹의 SSRC는 둘인데 여기에는 ${ssrcs.length}개입니다. Chromium은 거부합니다.`,
          });
        const unknown = ssrcs.find((ssrc) => !known.has(ssrc));
        if (unknown !== undefined)
          report(partOf(line, String(unknown), line.source.indexOf(semantics)), {
            en: `SSRC ${unknown} of the ${semantics} group has no a=ssrc line.`,
            ko: `${semantics} 그룹의 SSRC ${unknown}에 a=ssrc 줄이 없습니다.`,
          });
      }
    }
  },
});
