import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A data section is answered with the offered format. RFC 9429 §5.3.1. */
export const dataFormat: Rule<"answer"> = defineRule({
  code: "answer/data-format",
  subject: "answer",
  severity: "error",
  rfc: rfc(9429, "5.3.1", "MUST"),
  summary: {
    en: "The format of an answered data section is exactly the offered one.",
    ko: "데이터 섹션의 포맷은 offer와 정확히 같아야 합니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (offer.kind !== "application" || answer.isRejected || !offer.sctp) continue;
      const [offered = ""] = offer.formats;
      const [answered = ""] = answer.formats;
      if (offered === answered) continue;
      report(
        partOf(answer.line, answered, answer.line.source.indexOf(answer.protocol)),
        {
          en: `The data section was offered with format ${offered}, but is answered with ${answered}.`,
          ko: `데이터 섹션은 포맷 ${offered}(으)로 제안되었는데 answer는 ${answered}입니다.`,
        },
        {
          related: [
            {
              at: offer.line,
              in: "offer",
              message: { en: "The offered format.", ko: "offer의 포맷입니다." },
            },
          ],
        },
      );
    }
  },
});
