import { rfc } from "../../rfc.ts";
import { fixOf, replacement } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A rejected section is in no group. RFC 5888 §9.2, RFC 9143 §7.3.3, §7.5.3. */
export const groupRejected: Rule<"description"> = defineRule({
  code: "sdp/group-rejected",
  subject: "description",
  severity: "error",
  rfc: rfc(9143, "7.3.3", "MUST NOT"),
  summary: {
    en: "A section with port 0 that is not bundle-only is listed in no a=group line.",
    ko: "port 0이고 bundle-only가 아닌 섹션은 어떤 a=group 줄에도 들어가지 않습니다.",
  },
  check({ description, document, byMid, report }) {
    for (const { line, semantics, mids } of description.groups) {
      let at = line.source.indexOf(semantics) + semantics.length;
      for (const mid of mids) {
        const place = partOf(line, mid, at);
        at = "line" in place ? place.end : at;
        const media = byMid.get(mid);
        if (!media?.isRejected) continue;
        const rest = mids.filter((other) => other !== mid);
        const text = ["a=group:", semantics, ...rest.map((other) => ` ${other}`)].join("");
        report(
          place,
          {
            en: `Section ${media.index} (mid ${mid}) is rejected by port 0, but still listed in the ${semantics} group.`,
            ko: `섹션 ${media.index}(mid ${mid})은(는) port 0으로 거절되었는데 ${semantics} 그룹에 남아 있습니다.`,
          },
          {
            related: [{ at: media.line, message: { en: "Its m= line.", ko: "해당 m= 줄입니다." } }],
            fix: fixOf(
              { en: `Take mid ${mid} out of the group.`, ko: `mid ${mid}을(를) 그룹에서 뺍니다.` },
              replacement(document, line, text),
            ),
          },
        );
      }
    }
  },
});
