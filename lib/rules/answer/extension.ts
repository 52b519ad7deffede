import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** An extension of an answer was offered, with the same id. RFC 8285 §7. */
export const answerExtension: Rule<"answer"> = defineRule({
  code: "answer/extension",
  subject: "answer",
  severity: "error",
  rfc: rfc(8285, "7", "MUST"),
  summary: {
    en: "Every a=extmap of the answer was offered in its section and keeps its id; a placeholder id is replaced.",
    ko: "answer의 a=extmap은 모두 같은 섹션에서 제안된 것이고 ID가 같아야 합니다. 자리표시 ID는 바꾸어 씁니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected) continue;
      const offered = new Map(offer.extensions.map((extension) => [extension.uri, extension]));
      for (const { id, uri, line } of answer.extensions) {
        const known = offered.get(uri);
        const place = partOf(line, String(id), 9);
        if (!known) {
          report(
            line,
            {
              en: `Extension ${uri} was not offered in section ${answer.index}. Firefox refuses the answer.`,
              ko: `확장 ${uri}은(는) 섹션 ${answer.index}에서 제안된 적이 없습니다. Firefox는 이 answer를 거부합니다.`,
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
        const related = [
          {
            at: known.line,
            in: "offer" as const,
            message: { en: "The offered id.", ko: "offer의 ID입니다." },
          },
        ];
        if (id >= 4096 && id <= 4351)
          report(
            place,
            {
              en: `Id ${id} is a placeholder; the answer has to choose an id from 1 to 14.`,
              ko: `ID ${id}은(는) 자리표시이므로 answer에서 1~14 가운데 하나를 골라야 합니다.`,
            },
            { related },
          );
        else if (
          known.id < 4096 &&
          known.id !== id &&
          !offer.extensions.some((each) => each.uri === uri && each.id === id)
        )
          report(
            place,
            {
              en: `${uri} was offered with id ${known.id}, but is answered with ${id}.`,
              ko: `${uri}은(는) ID ${known.id}로 제안되었는데 answer에서는 ${id}입니다.`,
            },
            { related },
          );
      }
    }
  },
});
