import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The tags of a group are mids of sections, each in one BUNDLE group. RFC 5888 §6, RFC 9143 §7. */
export const groupTag: Rule<"description"> = defineRule({
  code: "sdp/group-tag",
  subject: "description",
  severity: "warning",
  rfc: rfc(5888, "6"),
  summary: {
    en: "Every tag of an a=group line is the mid of a section, and no mid is in two BUNDLE groups.",
    ko: "a=group 줄의 태그는 모두 어떤 섹션의 mid이며, 한 mid가 두 BUNDLE 그룹에 들어갈 수 없습니다.",
  },
  check({ description, byMid, report }) {
    const bundled = new Set<string>();
    for (const { line, semantics, mids } of description.groups) {
      let at = line.source.indexOf(semantics) + semantics.length;
      for (const mid of mids) {
        const place = partOf(line, mid, at);
        at = "line" in place ? place.end : at;
        if (!byMid.has(mid))
          report(place, {
            en: `a=group:${semantics} names mid "${mid}", which no section has. Chromium refuses the description.`,
            ko: `a=group:${semantics}에 있는 mid "${mid}"을(를) 가진 섹션이 없습니다. Chromium은 description을 거부합니다.`,
          });
        else if (semantics === "BUNDLE" && bundled.has(mid))
          report(
            place,
            {
              en: `mid "${mid}" is bundled twice. Both browsers refuse a mid in two BUNDLE groups.`,
              ko: `mid "${mid}"이(가) 두 번 묶여 있습니다. 두 BUNDLE 그룹에 든 mid는 두 브라우저 모두 거부합니다.`,
            },
            { severity: "error", rfc: rfc(9143, "7.3.2", "MUST NOT") },
          );
        if (semantics === "BUNDLE") bundled.add(mid);
      }
    }
  },
});
