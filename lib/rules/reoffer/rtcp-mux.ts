import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** rtcp-mux, once there, stays. RFC 9429 §5.8.3, RFC 5761 §5.1.1. */
export const reofferRtcpMux: Rule<"reoffer"> = defineRule({
  code: "reoffer/rtcp-mux",
  subject: "reoffer",
  severity: "error",
  rfc: rfc(9429, "5.8.3", "MUST"),
  summary: {
    en: "A section that multiplexes RTCP goes on doing so.",
    ko: "RTCP를 다중화한 섹션은 계속 다중화합니다.",
  },
  check({ pairs, report }) {
    for (const { previous, next } of pairs) {
      if (
        !previous.hasRtcpMux ||
        next.hasRtcpMux ||
        previous.port === 0 ||
        next.port === 0 ||
        !next.isRtp
      )
        continue;
      report(
        next.line,
        {
          en: `Section ${next.index} had a=rtcp-mux and has it no longer.`,
          ko: `섹션 ${next.index}에 있던 a=rtcp-mux가 사라졌습니다.`,
        },
        {
          related: [
            {
              at: previous.line,
              in: "previous",
              message: { en: "The section before.", ko: "이전 섹션입니다." },
            },
          ],
        },
      );
    }
  },
});
