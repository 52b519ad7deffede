import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** ICE options and ice-lite stay as long as ICE is not restarted. RFC 8839 §4.4.2.1. */
export const reofferIceOptions: Rule<"reoffer"> = defineRule({
  code: "reoffer/ice-options",
  subject: "reoffer",
  severity: "warning",
  rfc: rfc(8839, "4.4.2.1", "MUST"),
  summary: {
    en: "ice-lite, ice-options and ice-pacing stay the same unless ICE is restarted.",
    ko: "ICE를 재시작하지 않는 한 ice-lite, ice-options, ice-pacing은 그대로입니다.",
  },
  check({ previous, next, pairs, report }) {
    const [pair] = pairs.filter(
      ({ previous: before, next: after }) => before.port !== 0 && after.port !== 0,
    );
    if (!pair || pair.previous.ice.ufrag !== pair.next.ice.ufrag) return;
    for (const name of ["ice-lite", "ice-options", "ice-pacing"]) {
      const [before] = previous.attributes(previous.document.session, name);
      const [after] = next.attributes(next.document.session, name);
      if (before?.value === after?.value) continue;
      report(
        after ?? pair.next.line,
        {
          en: `${before ? `"${before.source}"` : `No a=${name}`} became ${after ? `"${after.source}"` : "nothing"} without an ICE restart.`,
          ko: `ICE 재시작 없이 ${before ? `"${before.source}"` : `a=${name} 없음`}에서 ${after ? `"${after.source}"` : "없음"}(으)로 바뀌었습니다.`,
        },
        before
          ? {
              related: [
                {
                  at: before,
                  in: "previous",
                  message: { en: "What it was.", ko: "이전 줄입니다." },
                },
              ],
            }
          : {},
      );
    }
  },
});
