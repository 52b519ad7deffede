import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** `a=rtcp-fb` works with the feedback profiles AVPF and SAVPF. RFC 4585 §4.1. */
export const feedbackProfile: Rule<"description"> = defineRule({
  code: "sdp/feedback-profile",
  subject: "description",
  severity: "warning",
  rfc: rfc(4585, "4.1", "MUST"),
  summary: {
    en: "a=rtcp-fb stands in sections with an AVPF or SAVPF profile.",
    ko: "a=rtcp-fb는 AVPF나 SAVPF 프로파일을 쓰는 섹션에만 씁니다.",
  },
  check({ description, attributes, report }) {
    for (const media of description.media) {
      if (!media.isRtp || media.protocol.endsWith("AVPF")) continue;
      const [line] = attributes(media.section, "rtcp-fb");
      if (!line) continue;
      report(
        line,
        {
          en: `a=rtcp-fb stands in a section with ${media.protocol}, a profile without feedback.`,
          ko: `a=rtcp-fb가 피드백이 없는 프로파일 ${media.protocol}을(를) 쓰는 섹션에 있습니다.`,
        },
        {
          related: [
            {
              at: partOf(media.line, media.protocol, 2),
              message: { en: "The profile.", ko: "프로파일입니다." },
            },
          ],
        },
      );
    }
  },
});
