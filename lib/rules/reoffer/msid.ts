import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The msid of a section that goes on stays. RFC 9429 §5.2.2. */
export const reofferMsid: Rule<"reoffer"> = defineRule({
  code: "reoffer/msid",
  subject: "reoffer",
  severity: "warning",
  rfc: rfc(9429, "5.2.2", "MUST"),
  summary: {
    en: "The track of a section's a=msid lines stays the same as long as the section goes on.",
    ko: "섹션이 이어지는 동안 a=msid의 트랙은 바뀌지 않습니다.",
  },
  check({ pairs, report }) {
    for (const { previous, next } of pairs) {
      const [before] = previous.msids;
      const [after] = next.msids;
      if (previous.port === 0 || next.isRejected || previous.mid !== next.mid) continue;
      if (before?.track === undefined || after?.track === undefined || before.track === after.track)
        continue;
      report(
        partOf(after.line, after.track, 7 + after.stream.length),
        {
          en: `Section ${next.index} belonged to track "${before.track}" and now says "${after.track}".`,
          ko: `섹션 ${next.index}은(는) 트랙 "${before.track}"의 것이었는데 이제 "${after.track}"입니다.`,
        },
        {
          related: [
            {
              at: before.line,
              in: "previous",
              message: { en: "What it was.", ko: "이전 줄입니다." },
            },
          ],
        },
      );
    }
  },
});
