import { rfc } from "../../rfc.ts";
import { followsTag, isActive } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Each section that carries a transport has a fingerprint, its own or the session's. RFC 9429 §5.8.3, RFC 8842 §5.1. */
export const fingerprintMissing: Rule<"description"> = defineRule({
  code: "sdp/fingerprint-missing",
  subject: "description",
  severity: "error",
  rfc: rfc(8842, "5.1", "MUST"),
  summary: {
    en: "Every section that carries a transport has a fingerprint, its own or one of the session part.",
    ko: "트랜스포트를 맡는 모든 섹션에는 자기 것이든 세션 부분의 것이든 fingerprint가 있어야 합니다.",
  },
  check({ description, report }) {
    for (const media of description.media) {
      if (!isActive(media) || followsTag(description, media)) continue;
      if (media.dtls.fingerprints.length > 0) continue;
      report(media.line, {
        en: `Section ${media.index} has no a=fingerprint, neither itself nor from the session part: the peer's certificate cannot be verified.`,
        ko: `섹션 ${media.index}에도 세션 부분에도 a=fingerprint가 없어 상대의 인증서를 확인할 수 없습니다.`,
      });
    }
  },
});
