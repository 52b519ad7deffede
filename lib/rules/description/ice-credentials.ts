import { rfc } from "../../rfc.ts";
import { followsTag, isActive } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Each section that carries a transport has ICE credentials, its own or the session's. RFC 9429 §5.8.3, RFC 8839 §5.4. */
export const iceCredentials: Rule<"description"> = defineRule({
  code: "sdp/ice-credentials",
  subject: "description",
  severity: "error",
  rfc: rfc(8839, "5.4", "MUST"),
  summary: {
    en: "Every section that carries a transport has ice-ufrag and ice-pwd, its own or those of the session part.",
    ko: "트랜스포트를 맡는 모든 섹션에는 자기 것이든 세션 부분의 것이든 ice-ufrag와 ice-pwd가 있어야 합니다.",
  },
  check({ description, report }) {
    for (const media of description.media) {
      if (!isActive(media) || followsTag(description, media)) continue;
      const missing = [
        ...(media.ice.ufrag ? [] : ["a=ice-ufrag"]),
        ...(media.ice.pwd ? [] : ["a=ice-pwd"]),
      ].join(", ");
      if (missing === "") continue;
      report(media.line, {
        en: `Section ${media.index} has no ${missing}, neither itself nor from the session part: no connection can be checked.`,
        ko: `섹션 ${media.index}에도 세션 부분에도 ${missing}이(가) 없어 연결을 확인할 수 없습니다.`,
      });
    }
  },
});
