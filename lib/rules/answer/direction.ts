import { rfc } from "../../rfc.ts";
import type { Direction } from "../../sdp/description.ts";
import { fixOf, replacement } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** An answered direction fits the offered one. RFC 3264 §6.1. */
export const direction: Rule<"answer"> = defineRule({
  code: "answer/direction",
  subject: "answer",
  severity: "error",
  rfc: rfc(3264, "6.1", "MUST"),
  summary: {
    en: "sendonly is answered by recvonly or inactive, recvonly by sendonly or inactive, inactive by inactive.",
    ko: "sendonly에는 recvonly나 inactive, recvonly에는 sendonly나 inactive, inactive에는 inactive로 답합니다.",
  },
  check({ answer: reading, pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected || offer.isRejected || !answer.isRtp) continue;
      const allowed = answers[offer.direction];
      if (allowed.includes(answer.direction)) continue;
      const [line] = reading.attributes(answer.section, answer.direction);
      const [best] = allowed;
      report(
        line ?? answer.line,
        {
          en: `Section ${answer.index} is answered ${answer.direction}${line ? "" : " (no direction line)"}, but was offered ${offer.direction}: only ${allowed.join(" or ")} fits.`,
          ko: `섹션 ${answer.index}의 offer는 ${offer.direction}인데 answer는 ${answer.direction}${line ? "" : "(방향 줄 없음)"}입니다. ${allowed.join(", ")}만 가능합니다.`,
        },
        {
          related: [
            {
              at: offer.line,
              in: "offer",
              message: {
                en: `Offered ${offer.direction}.`,
                ko: `${offer.direction}로 제안되었습니다.`,
              },
            },
          ],
          fix:
            line && best
              ? fixOf(
                  { en: `Write a=${best}.`, ko: `a=${best}로 씁니다.` },
                  replacement(reading.document, line, `a=${best}`),
                )
              : undefined,
        },
      );
    }
  },
});

const answers: Readonly<Record<Direction, readonly Direction[]>> = {
  sendrecv: ["sendrecv", "sendonly", "recvonly", "inactive"],
  sendonly: ["recvonly", "inactive"],
  recvonly: ["sendonly", "inactive"],
  inactive: ["inactive"],
};
