import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A section keeps its place; only a rejected slot is used again. RFC 3264 §8, §8.1; RFC 9429 §5.2.2. */
export const sectionOrder: Rule<"reoffer"> = defineRule({
  code: "reoffer/section-order",
  subject: "reoffer",
  severity: "error",
  rfc: rfc(3264, "8", "MUST"),
  summary: {
    en: "Each section stays where it was, with its media type; only a slot with port 0 may be used for another one.",
    ko: "섹션은 종류와 자리를 유지합니다. port 0인 자리만 다른 섹션에 다시 쓸 수 있습니다.",
  },
  check({ pairs, report }) {
    for (const { previous, next } of pairs) {
      if (previous.kind === next.kind || previous.port === 0) continue;
      report(
        partOf(next.line, next.kind, 2),
        {
          en: `Section ${next.index} was ${previous.kind} and is now ${next.kind}, though it was not rejected before.`,
          ko: `섹션 ${next.index}은(는) ${previous.kind}였는데, 거절된 적이 없는데도 이제 ${next.kind}입니다.`,
        },
        {
          related: [
            {
              at: previous.line,
              in: "previous",
              message: { en: "What it was.", ko: "이전 섹션입니다." },
            },
          ],
        },
      );
    }
  },
});
