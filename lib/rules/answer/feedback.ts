import { rfc } from "../../rfc.ts";
import { attributeValue } from "../../sdp/line.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The feedback of an answer is part of the offered one. RFC 4585 §4.2, RFC 5104 §7.2. */
export const feedback: Rule<"answer"> = defineRule({
  code: "answer/feedback",
  subject: "answer",
  severity: "warning",
  rfc: rfc(4585, "4.2", "MUST NOT"),
  summary: {
    en: "Every a=rtcp-fb of the answer was offered for the same codec.",
    ko: "answer의 a=rtcp-fb는 모두 같은 코덱에 제안된 것이어야 합니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected) continue;
      for (const codec of answer.codecs) {
        const offered = offer.codecs.find(({ payloadType }) => payloadType === codec.payloadType);
        if (!offered || isWithin(codec.feedback, offered.feedback)) continue;
        for (const line of codec.feedbackLines) {
          const value = attributeValue(line) ?? "";
          const wanted = value.slice(value.indexOf(" ") + 1).trim();
          if (offered.feedback.some((each) => each.trim() === wanted)) continue;
          report(
            partOf(line, wanted, 10),
            {
              en: `Feedback "${wanted}" for payload type ${codec.format} (${codec.name}) was not offered.`,
              ko: `payload type ${codec.format}(${codec.name})의 피드백 "${wanted}"은(는) 제안된 적이 없습니다.`,
            },
            {
              related: [
                {
                  at: offered.rtpmapLine ?? offer.line,
                  in: "offer",
                  message: { en: "The offered codec.", ko: "offer의 코덱입니다." },
                },
              ],
            },
          );
        }
      }
    }
  },
});

/** Whether all feedback was offered word for word, as it almost always is. */
function isWithin(feedback: readonly string[], offered: readonly string[]): boolean {
  return feedback.every((value) => offered.includes(value));
}
