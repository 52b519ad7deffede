import { rfc } from "../../rfc.ts";
import { bundleGroups, isActive } from "../bundle.ts";
import { fixOf, insertion } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Bundled RTP sections multiplex RTCP. RFC 9143 §9.3. */
export const bundleRtcpMux: Rule<"description"> = defineRule({
  code: "sdp/bundle-rtcp-mux",
  subject: "description",
  severity: "error",
  rfc: rfc(9143, "9.3", "MUST"),
  summary: {
    en: "Every bundled RTP section has a=rtcp-mux.",
    ko: "BUNDLE에 속한 RTP 섹션에는 모두 a=rtcp-mux가 있어야 합니다.",
  },
  check({ description, document, byMid, report }) {
    for (const { group, media } of bundleGroups({ description, byMid })) {
      for (const section of media) {
        if (!section.isRtp || !isActive(section) || section.isBundleOnly || section.hasRtcpMux)
          continue;
        report(
          section.line,
          {
            en: `Section ${section.index} (mid ${section.mid}) is bundled but has no a=rtcp-mux: one transport cannot have two ports.`,
            ko: `섹션 ${section.index}(mid ${section.mid})은(는) BUNDLE에 속하지만 a=rtcp-mux가 없습니다. 하나의 트랜스포트는 포트를 둘 가질 수 없습니다.`,
          },
          {
            related: [{ at: group.line, message: { en: "The group.", ko: "해당 그룹입니다." } }],
            fix: fixOf(
              { en: "Insert a=rtcp-mux.", ko: "a=rtcp-mux 줄을 넣습니다." },
              insertion(
                document,
                section.section.lines[section.section.lines.length - 1] ?? section.line,
                "a=rtcp-mux",
              ),
            ),
          },
        );
      }
    }
  },
});
