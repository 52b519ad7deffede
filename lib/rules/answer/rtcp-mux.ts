import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** rtcp-mux holds when both sides say it. RFC 5761 §5.1.1. */
export const answerRtcpMux: Rule<"answer"> = defineRule({
  code: "answer/rtcp-mux",
  subject: "answer",
  severity: "warning",
  rfc: rfc(5761, "5.1.1"),
  summary: {
    en: "An answer repeats a=rtcp-mux, and says it only if it was offered.",
    ko: "answer는 offer의 a=rtcp-mux를 되풀이하고, offer에 없으면 쓰지 않습니다.",
  },
  check({ answer: reading, offer: offered, pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (!answer.isRtp || answer.isRejected || offer.hasRtcpMux === answer.hasRtcpMux) continue;
      const [muxLine] = reading.attributes(answer.section, "rtcp-mux");
      const [onlyLine] = offered.attributes(offer.section, "rtcp-mux-only");
      if (muxLine)
        report(
          muxLine,
          {
            en: `Section ${answer.index} says a=rtcp-mux, which was not offered: the offerer expects RTCP at its other port.`,
            ko: `섹션 ${answer.index}의 a=rtcp-mux는 제안된 적이 없습니다. offer를 보낸 쪽은 RTCP를 다른 port에서 기다립니다.`,
          },
          {
            severity: "error",
            related: [
              {
                at: offer.line,
                in: "offer",
                message: { en: "The offered section.", ko: "offer의 섹션입니다." },
              },
            ],
          },
        );
      else
        report(
          answer.line,
          {
            en: `Section ${answer.index} was offered with rtcp-mux, but the answer does not repeat it: RTCP needs a second port${onlyLine ? ", which the offer (rtcp-mux-only) refuses" : ""}.`,
            ko: `섹션 ${answer.index}은(는) rtcp-mux로 제안되었는데 answer에 없습니다. RTCP에 port가 하나 더 필요합니다${onlyLine ? "(offer의 rtcp-mux-only는 이를 허용하지 않습니다)" : ""}.`,
          },
          {
            ...(onlyLine && { severity: "error" as const, rfc: rfc(8858, "4.3", "MUST") }),
            related: [
              {
                at: onlyLine ?? offer.line,
                in: "offer",
                message: { en: "The offered section.", ko: "offer의 섹션입니다." },
              },
            ],
          },
        );
    }
  },
});
