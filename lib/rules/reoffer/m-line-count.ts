import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** The number of media sections never falls. RFC 3264 §8. */
export const reofferMLineCount: Rule<"reoffer"> = defineRule({
  code: "reoffer/m-line-count",
  subject: "reoffer",
  severity: "error",
  rfc: rfc(3264, "8", "MUST"),
  summary: {
    en: "A later description has at least as many m= lines as the one before: sections are never removed, only rejected.",
    ko: "나중 description의 m= 줄 수는 줄어들 수 없습니다. 섹션은 지우지 않고 거절합니다.",
  },
  check({ previous, next, report }) {
    const before = previous.description.media;
    const after = next.description.media;
    const gone = before[after.length];
    if (!gone) return;
    report(
      after[after.length - 1]?.line,
      {
        en: `There were ${before.length} media sections and now there are ${after.length}. Section ${gone.index} (${gone.kind}) has to stay, with port 0 if it is not wanted.`,
        ko: `미디어 섹션이 ${before.length}개였는데 이제 ${after.length}개입니다. 섹션 ${gone.index}(${gone.kind})은(는) 필요 없더라도 port 0으로 남겨야 합니다.`,
      },
      {
        related: [
          {
            at: gone.line,
            in: "previous",
            message: { en: "The section that is gone.", ko: "사라진 섹션입니다." },
          },
        ],
      },
    );
  },
});
