import { rfc } from "../../rfc.ts";
import type { Line } from "../../sdp/document.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A DTLS association that goes on keeps its roles. RFC 8842 §5.5. */
export const reofferSetupRole: Rule<"reoffer"> = defineRule({
  code: "reoffer/setup-role",
  subject: "reoffer",
  severity: "error",
  rfc: rfc(8842, "5.5", "MUST"),
  summary: {
    en: "While the DTLS association goes on, a side that was active stays active and one that was passive stays passive (or says actpass).",
    ko: "DTLS association이 이어지는 동안 active였던 쪽은 active, passive였던 쪽은 passive로 남습니다(또는 actpass).",
  },
  check({ pairs, report }) {
    const seen = new Set<Line>();
    for (const { previous, next } of pairs) {
      const before = previous.dtls.setup;
      const { setup, setupLine } = next.dtls;
      if (!setupLine || seen.has(setupLine) || previous.ice.ufrag !== next.ice.ufrag) continue;
      const isSwitched =
        (before === "active" && setup === "passive") ||
        (before === "passive" && setup === "active");
      if (!isSwitched) continue;
      seen.add(setupLine);
      report(
        partOf(setupLine, setup, 8),
        {
          en: `This side was ${before} and now says ${setup}, though the DTLS association goes on.`,
          ko: `DTLS association이 이어지는데 역할이 ${before}에서 ${setup}(으)로 바뀌었습니다.`,
        },
        {
          related: previous.dtls.setupLine
            ? [
                {
                  at: previous.dtls.setupLine,
                  in: "previous",
                  message: { en: "What it was.", ko: "이전 역할입니다." },
                },
              ]
            : [],
        },
      );
    }
  },
});
