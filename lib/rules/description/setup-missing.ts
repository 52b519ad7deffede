import { rfc } from "../../rfc.ts";
import { followsTag, isActive } from "../bundle.ts";
import { fixOf, insertion } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Each section that carries a transport says its DTLS role. RFC 8842 §5.1, RFC 9429 §5.8.3. */
export const setupMissing: Rule<"description"> = defineRule({
  code: "sdp/setup-missing",
  subject: "description",
  severity: "error",
  rfc: rfc(8842, "5.1", "MUST"),
  summary: {
    en: "Every section that carries a transport has a=setup, its own or one of the session part.",
    ko: "트랜스포트를 맡는 모든 섹션에는 자기 것이든 세션 부분의 것이든 a=setup이 있어야 합니다.",
  },
  check({ description, document, type, report }) {
    for (const media of description.media) {
      if (!isActive(media) || followsTag(description, media) || media.dtls.setup) continue;
      const message = {
        en: `Section ${media.index} has no a=setup, so it is open who begins the DTLS handshake. Firefox refuses such an offer.`,
        ko: `섹션 ${media.index}에 a=setup이 없어 누가 DTLS handshake를 시작할지 알 수 없습니다. Firefox는 이런 offer를 거부합니다.`,
      };
      if (type !== "offer") report(media.line, message);
      else
        report(media.line, message, {
          fix: fixOf(
            { en: "Insert a=setup:actpass.", ko: "a=setup:actpass 줄을 넣습니다." },
            insertion(
              document,
              media.section.lines[media.section.lines.length - 1] ?? media.line,
              "a=setup:actpass",
            ),
          ),
        });
    }
  },
});
