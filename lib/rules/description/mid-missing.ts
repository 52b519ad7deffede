import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Where there are groups every section has a mid. RFC 5888 §6, RFC 9429 §5.2.1. */
export const midMissing: Rule<"description"> = defineRule({
  code: "sdp/mid-missing",
  subject: "description",
  severity: "error",
  rfc: rfc(5888, "6", "MUST"),
  summary: {
    en: "With an a=group line every media section has a mid.",
    ko: "a=group 줄이 있으면 모든 미디어 섹션에 mid가 있어야 합니다.",
  },
  check({ description, report }) {
    const [group] = description.groups;
    if (!group) return;
    for (const media of description.media) {
      if (media.mid !== undefined) continue;
      report(
        media.line,
        {
          en: `Section ${media.index} has no a=mid, but there is an a=group line. Chromium invents a mid, which may collide with another.`,
          ko: `a=group 줄이 있는데 섹션 ${media.index}에 a=mid가 없습니다. Chromium은 mid를 지어내며, 다른 mid와 겹칠 수 있습니다.`,
        },
        {
          ...(media.isRejected && { severity: "warning" as const }),
          related: [{ at: group.line, message: { en: "The group.", ko: "해당 그룹입니다." } }],
        },
      );
    }
  },
});
