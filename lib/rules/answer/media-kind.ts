import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The i-th section of an answer has the kind of the i-th of the offer. RFC 3264 §6, RFC 9429 §5.8.3. */
export const mediaKind: Rule<"answer"> = defineRule({
  code: "answer/media-kind",
  subject: "answer",
  severity: "error",
  rfc: rfc(3264, "6", "MUST"),
  summary: {
    en: "The media types of the answer stand in the order of the offer.",
    ko: "answer의 미디어 종류는 offer와 같은 순서여야 합니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (offer.kind === answer.kind) continue;
      report(
        partOf(answer.line, answer.kind, 2),
        {
          en: `Section ${answer.index} of the answer is ${answer.kind}, but the offer has ${offer.kind} there: “The order of m-lines in answer doesn't match order in offer.”`,
          ko: `answer의 섹션 ${answer.index}은(는) ${answer.kind}인데 offer의 그 자리는 ${offer.kind}입니다(“The order of m-lines in answer doesn't match order in offer.”).`,
        },
        {
          related: [
            {
              at: offer.line,
              in: "offer",
              message: { en: "The offered section.", ko: "offer의 섹션입니다." },
            },
          ],
        },
      );
    }
  },
});
