import { rfc } from "../../rfc.ts";
import { attributeValue } from "../../sdp/line.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A bundled section of an answer has no `a=rtcp`. RFC 9143 §9.3.1. */
export const bundledRtcp: Rule<"answer"> = defineRule({
  code: "answer/bundled-rtcp",
  subject: "answer",
  severity: "info",
  rfc: rfc(9143, "9.3.1", "MUST NOT"),
  summary: {
    en: "Bundled sections of an answer have no a=rtcp line with a port of its own.",
    ko: "answer의 BUNDLE 섹션에는 별도 port를 적은 a=rtcp 줄이 없어야 합니다.",
  },
  check({ answer, report }) {
    const bundled = new Set(answer.description.bundle?.mids);
    for (const media of answer.description.media) {
      if (media.mid === undefined || !bundled.has(media.mid)) continue;
      for (const line of answer.attributes(media.section, "rtcp")) {
        // Browsers repeat the placeholder of their offers, which says nothing.
        if (attributeValue(line)?.startsWith("9 ") || attributeValue(line) === "9") continue;
        report(line, {
          en: `Section ${media.index} is bundled and multiplexed; its a=rtcp line has no meaning.`,
          ko: `섹션 ${media.index}은(는) BUNDLE로 다중화되므로 a=rtcp 줄은 의미가 없습니다.`,
        });
      }
    }
  },
});
