import { rfc } from "../../rfc.ts";
import type { Line } from "../../sdp/document.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** The SSRCs of an answer are not those of the offer. RFC 5576 §8. */
export const answerSsrc: Rule<"answer"> = defineRule({
  code: "answer/ssrc",
  subject: "answer",
  severity: "warning",
  rfc: rfc(5576, "8"),
  summary: {
    en: "An answer uses no SSRC that the offer declares.",
    ko: "answer는 offer가 선언한 SSRC를 쓰지 않습니다.",
  },
  check({ offer, answer, report }) {
    const offered = new Map<number, Line | undefined>();
    for (const { sources } of offer.description.media) {
      for (const { ssrc, lines } of sources) offered.set(ssrc, lines[0]);
    }
    for (const { sources } of answer.description.media) {
      for (const { ssrc, lines } of sources) {
        if (!offered.has(ssrc)) continue;
        const at = offered.get(ssrc);
        report(
          lines[0],
          {
            en: `SSRC ${ssrc} stands in the offer too: packets of both sides cannot be told apart.`,
            ko: `SSRC ${ssrc}은(는) offer에도 있습니다. 양쪽의 패킷을 구별할 수 없습니다.`,
          },
          at
            ? {
                related: [
                  { at, in: "offer", message: { en: "In the offer.", ko: "offer의 줄입니다." } },
                ],
              }
            : {},
        );
      }
    }
  },
});
