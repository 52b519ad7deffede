import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** No two sections have the same mid. RFC 5888 §4. */
export const midUnique: Rule<"description"> = defineRule({
  code: "sdp/mid-unique",
  subject: "description",
  severity: "error",
  rfc: rfc(5888, "4", "MUST"),
  summary: {
    en: "No two media sections have the same mid.",
    ko: "같은 mid를 가진 미디어 섹션이 둘 있을 수 없습니다.",
  },
  check({ description, byMid, attributes, report }) {
    for (const media of description.media) {
      const { mid, section } = media;
      const first = mid === undefined ? undefined : byMid.get(mid);
      if (mid === undefined || !first || first === media) continue;
      const [line] = attributes(section, "mid");
      const [other] = attributes(first.section, "mid");
      report(
        line && partOf(line, mid, 6),
        {
          en: `mid "${mid}" already belongs to section ${first.index}.`,
          ko: `mid "${mid}"은(는) 이미 섹션 ${first.index}의 것입니다.`,
        },
        other
          ? {
              related: [{ at: other, message: { en: "The first one.", ko: "첫 번째 mid입니다." } }],
            }
          : {},
      );
    }
  },
});
