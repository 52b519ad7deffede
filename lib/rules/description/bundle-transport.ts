import { rfc } from "../../rfc.ts";
import { bundleGroups, isActive } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Bundled sections share one transport: the same address type, and for RTP one profile family. RFC 9143 §7.1.1, §9.1. */
export const bundleTransport: Rule<"description"> = defineRule({
  code: "sdp/bundle-transport",
  subject: "description",
  severity: "error",
  rfc: rfc(9143, "9.1", "MUST"),
  summary: {
    en: "Bundled RTP sections have the same protocol in their m= lines.",
    ko: "BUNDLE에 속한 RTP 섹션들은 m= 줄의 프로토콜이 같아야 합니다.",
  },
  check({ description, byMid, report }) {
    for (const { media } of bundleGroups({ description, byMid })) {
      const active = media.filter((section) => section.isRtp && isActive(section));
      const [first] = active;
      for (const section of active) {
        if (!first || section.protocol === first.protocol) continue;
        report(
          partOf(section.line, section.protocol, 2),
          {
            en: `Section ${section.index} uses ${section.protocol}, but section ${first.index} of the same bundle uses ${first.protocol}.`,
            ko: `섹션 ${section.index}은(는) ${section.protocol}을(를) 쓰지만 같은 BUNDLE의 섹션 ${first.index}은(는) ${first.protocol}을(를) 씁니다.`,
          },
          {
            related: [
              {
                at: partOf(first.line, first.protocol, 2),
                message: { en: "The other protocol.", ko: "다른 프로토콜입니다." },
              },
            ],
          },
        );
      }
    }
  },
});
