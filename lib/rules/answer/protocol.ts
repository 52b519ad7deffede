import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The protocol of an answered section is that of the offer. RFC 9429 §5.3.1, §5.8.3. */
export const answerProtocol: Rule<"answer"> = defineRule({
  code: "answer/protocol",
  subject: "answer",
  severity: "error",
  rfc: rfc(9429, "5.3.1", "MUST"),
  summary: {
    en: "The protocol of an answered m= line is exactly that of the offer.",
    ko: "answer의 m= 줄 프로토콜은 offer와 정확히 같아야 합니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected || offer.protocol === answer.protocol) continue;
      report(
        partOf(answer.line, answer.protocol, 2),
        {
          en: `Section ${answer.index} was offered with ${offer.protocol}, but is answered with ${answer.protocol}.`,
          ko: `섹션 ${answer.index}은(는) ${offer.protocol}로 제안되었는데 answer는 ${answer.protocol}입니다.`,
        },
        {
          // Endpoints change between the profiles of one family, and browsers take that.
          ...(offer.isRtp && answer.isRtp && { severity: "warning" as const }),
          related: [
            {
              at: partOf(offer.line, offer.protocol, 2),
              in: "offer",
              message: { en: "The offered protocol.", ko: "offer의 프로토콜입니다." },
            },
          ],
        },
      );
    }
  },
});
