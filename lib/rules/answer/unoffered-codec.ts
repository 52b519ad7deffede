import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A codec in an answer was offered. RFC 3264 §6.1, RFC 9429 §5.3.1. */
export const unofferedCodec: Rule<"answer"> = defineRule({
  code: "answer/unoffered-codec",
  subject: "answer",
  severity: "warning",
  rfc: rfc(9429, "5.3.1", "MUST"),
  summary: {
    en: "Every codec of an answer is one that the offer lists in the same section.",
    ko: "answer의 코덱은 모두 offer의 같은 섹션에 있어야 합니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected || !answer.isRtp) continue;
      const names = new Set(offer.codecs.map(({ name }) => name.toLowerCase()));
      for (const { name, format, rtpmapLine } of answer.codecs) {
        if (names.has(name.toLowerCase())) continue;
        report(
          rtpmapLine ?? partOf(answer.line, format, answer.line.source.indexOf(answer.protocol)),
          {
            en: `${name} (payload type ${format}) stands in the answer but was not offered in section ${answer.index}.`,
            ko: `answer에 있는 ${name}(payload type ${format})은(는) 섹션 ${answer.index}에서 제안된 적이 없습니다.`,
          },
          {
            related: [
              {
                at: offer.line,
                in: "offer",
                message: { en: "The offered formats.", ko: "offer의 포맷입니다." },
              },
            ],
          },
        );
      }
    }
  },
});
