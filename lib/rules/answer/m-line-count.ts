import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** An answer has exactly as many media sections as its offer, in the same order. RFC 3264 §6. */
export const mLineCount: Rule<"answer"> = defineRule({
  code: "answer/m-line-count",
  subject: "answer",
  severity: "error",
  rfc: rfc(3264, "6", "MUST"),
  summary: {
    en: "An answer has exactly as many m= lines as its offer.",
    ko: "answer의 m= 줄 수는 offer와 정확히 같아야 합니다.",
  },
  check({ offer, answer, report }) {
    const offered = offer.description.media;
    const answered = answer.description.media;
    if (offered.length === answered.length) return;
    const surplus = answered[offered.length];
    const missing = offered[answered.length];
    report(
      surplus?.line ?? answered[answered.length - 1]?.line,
      {
        en: `The offer has ${offered.length} media sections, the answer ${answered.length}. ${missing ? `Section ${missing.index} (${missing.kind}${missing.mid === undefined ? "" : `, mid ${missing.mid}`}) is unanswered; to refuse it, answer it with port 0.` : "An answer cannot add sections."}`,
        ko: `offer의 미디어 섹션은 ${offered.length}개인데 answer는 ${answered.length}개입니다. ${missing ? `섹션 ${missing.index}(${missing.kind}${missing.mid === undefined ? "" : `, mid ${missing.mid}`})에 대한 답이 없습니다. 거절하려면 port 0으로 답하십시오.` : "answer에서 섹션을 추가할 수 없습니다."}`,
      },
      missing
        ? {
            related: [
              {
                at: missing.line,
                in: "offer",
                message: { en: "The first unanswered section.", ko: "답이 없는 첫 섹션입니다." },
              },
            ],
          }
        : {},
    );
  },
});
