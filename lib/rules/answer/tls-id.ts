import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** An answer has a tls-id only if the offer has one. RFC 8842 §5.3. */
export const answerTlsId: Rule<"answer"> = defineRule({
  code: "answer/tls-id",
  subject: "answer",
  severity: "warning",
  rfc: rfc(8842, "5.3", "MUST NOT"),
  summary: {
    en: "An answer has a=tls-id only where the offer has one.",
    ko: "offer에 a=tls-id가 있을 때만 answer에도 쓸 수 있습니다.",
  },
  check({ answer: reading, pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected || offer.dtls.tlsId !== undefined || answer.dtls.tlsId === undefined)
        continue;
      const [line] = [
        ...reading.attributes(answer.section, "tls-id"),
        ...reading.attributes(reading.document.session, "tls-id"),
      ];
      report(
        line ?? answer.line,
        {
          en: "The answer has a tls-id, but the offer has none.",
          ko: "offer에는 tls-id가 없는데 answer에 있습니다.",
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
      return;
    }
  },
});
