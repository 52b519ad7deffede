import { rfc } from "../../rfc.ts";
import { fixOf, replacement } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** An answer repeats the mid of each section, and invents none. RFC 5888 §9.1, RFC 9429 §5.3.1. */
export const answerMid: Rule<"answer"> = defineRule({
  code: "answer/mid",
  subject: "answer",
  severity: "error",
  rfc: rfc(5888, "9.1", "MUST"),
  summary: {
    en: "Each section of the answer has the mid of the offered one, and none where none was offered.",
    ko: "answer의 각 섹션에는 offer와 같은 mid가 있어야 하고, offer에 없으면 answer에도 없어야 합니다.",
  },
  check({ answer: reading, pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (offer.mid === answer.mid) continue;
      const [line] = reading.attributes(answer.section, "mid");
      if (answer.mid === undefined && answer.isRejected) continue;
      report(
        line ?? answer.line,
        {
          en: `Section ${answer.index} has ${answer.mid === undefined ? "no mid" : `mid "${answer.mid}"`} in the answer and ${offer.mid === undefined ? "none" : `"${offer.mid}"`} in the offer.`,
          ko: `섹션 ${answer.index}의 mid가 answer에서는 ${answer.mid === undefined ? "없고" : `"${answer.mid}"이고`} offer에서는 ${offer.mid === undefined ? "없습니다" : `"${offer.mid}"입니다`}.`,
        },
        {
          ...((offer.mid === undefined || answer.mid === undefined) && {
            severity: "warning" as const,
          }),
          related: [
            {
              at: offer.line,
              in: "offer",
              message: { en: "The offered section.", ko: "offer의 섹션입니다." },
            },
          ],
          fix:
            line && offer.mid !== undefined
              ? fixOf(
                  { en: `Write a=mid:${offer.mid}.`, ko: `a=mid:${offer.mid}(으)로 씁니다.` },
                  replacement(reading.document, line, `a=mid:${offer.mid}`),
                )
              : undefined,
        },
      );
    }
  },
});
