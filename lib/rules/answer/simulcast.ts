import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Answered simulcast streams were offered, in the other direction. RFC 8853 §5.3.2. */
export const answerSimulcast: Rule<"answer"> = defineRule({
  code: "answer/simulcast",
  subject: "answer",
  severity: "error",
  rfc: rfc(8853, "5.3.2", "MUST NOT"),
  summary: {
    en: "The streams of an answered a=simulcast were offered in the opposite direction; an answer may drop streams but adds none.",
    ko: "answer의 a=simulcast 스트림은 모두 반대 방향으로 제안된 것이어야 합니다. 뺄 수는 있지만 더할 수는 없습니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (!answer.simulcast || answer.isRejected) continue;
      const { line } = answer.simulcast;
      if (!offer.simulcast) {
        report(
          line,
          {
            en: `Section ${answer.index} answers with simulcast, which was not offered.`,
            ko: `섹션 ${answer.index}의 answer에 제안되지 않은 simulcast가 있습니다.`,
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
        continue;
      }
      for (const direction of ["send", "recv"] as const) {
        const other = direction === "send" ? "recv" : "send";
        const offered = new Set(offer.simulcast[other].flat().map(({ rid }) => rid));
        for (const { rid } of answer.simulcast[direction].flat()) {
          if (offered.has(rid)) continue;
          report(
            partOf(line, rid, line.source.indexOf(direction) + 4),
            {
              en: `Stream "${rid}" stands in the ${direction} list of the answer, but not in the ${other} list of the offer.`,
              ko: `스트림 "${rid}"이(가) answer의 ${direction} 목록에 있지만 offer의 ${other} 목록에는 없습니다.`,
            },
            {
              related: [
                {
                  at: offer.simulcast.line,
                  in: "offer",
                  message: { en: "The offered streams.", ko: "offer의 스트림입니다." },
                },
              ],
            },
          );
        }
      }
    }
  },
});
