import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** An answer has an origin of its own. RFC 3264 §6. */
export const answerOrigin: Rule<"answer"> = defineRule({
  code: "answer/origin",
  subject: "answer",
  severity: "warning",
  rfc: rfc(3264, "6", "MUST"),
  summary: {
    en: "The o= line of the answer differs from that of the offer: it is another agent's.",
    ko: "answer의 o= 줄은 다른 에이전트의 것이므로 offer와 달라야 합니다.",
  },
  check({ offer, answer, report }) {
    const offered = offer.description.origin;
    const answered = answer.description.origin;
    if (!offered || !answered || offered.line.value !== answered.line.value) return;
    report(
      answered.line,
      {
        en: "The answer has the o= line of the offer. Was the offer sent back?",
        ko: "answer의 o= 줄이 offer와 같습니다. offer를 그대로 돌려보낸 것은 아닌지 확인하십시오.",
      },
      {
        related: [
          {
            at: offered.line,
            in: "offer",
            message: { en: "The offered origin.", ko: "offer의 o= 줄입니다." },
          },
        ],
      },
    );
  },
});
