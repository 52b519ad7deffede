import { rfc } from "../../rfc.ts";
import { bundleGroups, isActive } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Bundled RTP sections negotiate the mid header extension. RFC 9143 §9.1, §15. */
export const bundleMidExtension: Rule<"description"> = defineRule({
  code: "sdp/bundle-mid-extension",
  subject: "description",
  severity: "warning",
  rfc: rfc(9143, "9.1", "MUST"),
  summary: {
    en: "Every bundled RTP section has an a=extmap line for urn:ietf:params:rtp-hdrext:sdes:mid.",
    ko: "BUNDLE에 속한 RTP 섹션에는 모두 urn:ietf:params:rtp-hdrext:sdes:mid의 a=extmap 줄이 있어야 합니다.",
  },
  check({ description, byMid, report }) {
    for (const { media } of bundleGroups({ description, byMid })) {
      const active = media.filter((section) => section.isRtp && isActive(section));
      // A single RTP section needs nothing to be told apart from.
      if (active.length < 2) continue;
      for (const section of active) {
        if (section.extensions.some(({ uri }) => uri === "urn:ietf:params:rtp-hdrext:sdes:mid"))
          continue;
        report(section.line, {
          en: `Section ${section.index} is bundled with other RTP sections but does not negotiate the mid header extension; packets are assigned by SSRC and payload type only.`,
          ko: `섹션 ${section.index}은(는) 다른 RTP 섹션과 묶여 있지만 mid 헤더 확장을 협상하지 않습니다. 패킷은 SSRC와 payload type으로만 구분됩니다.`,
        });
      }
    }
  },
});
