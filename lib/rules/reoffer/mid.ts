import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A section keeps its mid. RFC 9429 §5.2.2. */
export const reofferMid: Rule<"reoffer"> = defineRule({
  code: "reoffer/mid",
  subject: "reoffer",
  severity: "error",
  rfc: rfc(9429, "5.2.2", "MUST"),
  summary: {
    en: "A section that goes on keeps its mid.",
    ko: "이어지는 섹션의 mid는 바뀌지 않습니다.",
  },
  check({ next: reading, pairs, report }) {
    for (const { previous, next } of pairs) {
      // A slot with port 0 may have been recycled for another section with another mid.
      if (
        previous.mid === undefined ||
        previous.mid === next.mid ||
        previous.port === 0 ||
        next.isRejected
      )
        continue;
      const [line] = reading.attributes(next.section, "mid");
      report(
        line ?? next.line,
        {
          en: `Section ${next.index} had mid "${previous.mid}" and now has ${next.mid === undefined ? "none" : `"${next.mid}"`}.`,
          ko: `섹션 ${next.index}의 mid는 "${previous.mid}"였는데 이제 ${next.mid === undefined ? "없습니다" : `"${next.mid}"입니다`}.`,
        },
        {
          related: [
            {
              at: previous.line,
              in: "previous",
              message: { en: "The section before.", ko: "이전 섹션입니다." },
            },
          ],
        },
      );
    }
  },
});
