import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** An answered rid was offered in the other direction, and is only tightened. RFC 8851 §6.3. */
export const answerRid: Rule<"answer"> = defineRule({
  code: "answer/rid",
  subject: "answer",
  severity: "error",
  rfc: rfc(8851, "6.3", "MUST"),
  summary: {
    en: "Every a=rid of the answer was offered, has the opposite direction, and adds no payload type and no restriction.",
    ko: "answer의 a=rid는 모두 제안된 것이고 방향이 반대이며, payload type이나 제한을 새로 더하지 않습니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected) continue;
      for (const rid of answer.rids) {
        const offered = offer.rids.find(({ id }) => id === rid.id);
        const place = partOf(rid.line, rid.id, 6);
        if (!offered) {
          report(place, {
            en: `rid "${rid.id}" was not offered in section ${answer.index}.`,
            ko: `rid "${rid.id}"은(는) 섹션 ${answer.index}에서 제안된 적이 없습니다.`,
          });
          continue;
        }
        const related = [
          {
            at: offered.line,
            in: "offer" as const,
            message: { en: "The offered rid.", ko: "offer의 rid입니다." },
          },
        ];
        if (offered.direction === rid.direction)
          report(
            partOf(rid.line, rid.direction, 6 + rid.id.length),
            {
              en: `rid "${rid.id}" was offered as ${offered.direction}; the answer has to say ${offered.direction === "send" ? "recv" : "send"}.`,
              ko: `rid "${rid.id}"은(는) ${offered.direction}로 제안되었으므로 answer에서는 ${offered.direction === "send" ? "recv" : "send"}여야 합니다.`,
            },
            { related },
          );
        const format = rid.payloadTypes.find(
          (each) => offered.payloadTypes.length > 0 && !offered.payloadTypes.includes(each),
        );
        if (format !== undefined)
          report(
            rid.line,
            {
              en: `rid "${rid.id}" adds payload type ${format}, which was not offered for it.`,
              ko: `rid "${rid.id}"에 제안되지 않은 payload type ${format}이(가) 더해졌습니다.`,
            },
            { related },
          );
        const surplus = rid.restrictions.find(
          ({ name }) => !offered.restrictions.some((each) => each.name === name),
        );
        if (surplus)
          report(
            partOf(rid.line, surplus.name),
            {
              en: `rid "${rid.id}" adds the restriction ${surplus.name}, which was not offered.`,
              ko: `rid "${rid.id}"에 제안되지 않은 제한 ${surplus.name}이(가) 더해졌습니다.`,
            },
            { related },
          );
      }
    }
  },
});
