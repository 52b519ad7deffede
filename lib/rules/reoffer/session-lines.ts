import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** `s=` and `t=` stay the same. RFC 9429 §5.2.2. */
export const reofferSessionLines: Rule<"reoffer"> = defineRule({
  code: "reoffer/session-lines",
  subject: "reoffer",
  severity: "warning",
  rfc: rfc(9429, "5.2.2", "MUST"),
  summary: {
    en: "The s= and t= lines of a later description are those of the first.",
    ko: "나중 description의 s=와 t= 줄은 처음과 같아야 합니다.",
  },
  check({ previous, next, report }) {
    for (const letter of ["s", "t"]) {
      const before = previous.document.session.lines.find(({ type }) => type === letter);
      const after = next.document.session.lines.find(({ type }) => type === letter);
      if (!before || !after || before.value === after.value) continue;
      report(
        after,
        {
          en: `"${before.source}" became "${after.source}".`,
          ko: `"${before.source}"이(가) "${after.source}"(으)로 바뀌었습니다.`,
        },
        {
          related: [
            { at: before, in: "previous", message: { en: "What it was.", ko: "이전 줄입니다." } },
          ],
        },
      );
    }
  },
});
