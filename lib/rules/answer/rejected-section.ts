import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** What was offered with port 0 is answered with port 0. RFC 3264 §6, §8.2. */
export const rejectedSection: Rule<"answer"> = defineRule({
  code: "answer/rejected-section",
  subject: "answer",
  severity: "error",
  rfc: rfc(3264, "8.2", "MUST"),
  summary: {
    en: "A section offered with port 0 (and not bundle-only) is answered with port 0.",
    ko: "port 0으로(bundle-only 없이) 제안된 섹션에는 port 0으로 답합니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (!offer.isRejected || answer.isRejected) continue;
      report(
        partOf(answer.line, String(answer.port), 2 + answer.kind.length),
        {
          en: `Section ${answer.index} was offered with port 0, but the answer gives port ${answer.port}.`,
          ko: `섹션 ${answer.index}은(는) port 0으로 제안되었는데 answer는 port ${answer.port}입니다.`,
        },
        {
          related: [
            {
              at: offer.line,
              in: "offer",
              message: { en: "Offered with port 0.", ko: "port 0으로 제안되었습니다." },
            },
          ],
        },
      );
    }
  },
});
