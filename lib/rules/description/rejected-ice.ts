import { rfc } from "../../rfc.ts";
import { fixOf, removal } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A rejected section has no candidates and no other ICE attributes. RFC 8839 §4.4.1.1.2. */
export const rejectedIce: Rule<"description"> = defineRule({
  code: "sdp/rejected-ice",
  subject: "description",
  severity: "warning",
  rfc: rfc(8839, "4.4.1.1.2", "MUST NOT"),
  summary: {
    en: "A section with port 0 has no candidates.",
    ko: "port 0인 섹션에는 candidate가 없어야 합니다.",
  },
  check({ description, document, report }) {
    for (const media of description.media) {
      const [first] = media.candidates;
      if (!media.isRejected || !first) continue;
      report(
        first.line,
        {
          en: `Section ${media.index} is rejected by port 0, yet has ${media.candidates.length} candidates.`,
          ko: `섹션 ${media.index}은(는) port 0으로 거절되었는데 candidate가 ${media.candidates.length}개 있습니다.`,
        },
        {
          fix: fixOf(
            { en: "Remove the candidates.", ko: "candidate를 지웁니다." },
            ...media.candidates.map(({ line }) => removal(document, line)),
          ),
        },
      );
    }
  },
});
