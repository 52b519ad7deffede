import { rfc } from "../../rfc.ts";
import type { Line } from "../../sdp/document.ts";
import { fixOf, replacement } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** An offer says `a=setup:actpass`. RFC 8842 §5.2. */
export const offerSetup: Rule<"description"> = defineRule({
  code: "sdp/offer-setup",
  subject: "description",
  severity: "warning",
  rfc: rfc(8842, "5.2", "MUST"),
  summary: {
    en: "An offer says a=setup:actpass and leaves the DTLS role to the answerer.",
    ko: "offer에는 a=setup:actpass를 쓰고 DTLS 역할은 answer를 보내는 쪽이 정합니다.",
  },
  check({ description, document, type, report }) {
    if (type !== "offer") return;
    const seen = new Set<Line>();
    for (const { dtls } of description.media) {
      const line = dtls.setupLine;
      if (!line || seen.has(line) || (dtls.setup !== "active" && dtls.setup !== "passive"))
        continue;
      seen.add(line);
      report(
        partOf(line, dtls.setup, 8),
        {
          en: `The offer fixes its DTLS role to ${dtls.setup}; actpass lets the answerer choose.`,
          ko: `offer가 DTLS 역할을 ${dtls.setup}로 정해 버렸습니다. actpass로 쓰면 answer를 보내는 쪽이 고를 수 있습니다.`,
        },
        {
          fix: fixOf(
            { en: "Write a=setup:actpass.", ko: "a=setup:actpass로 씁니다." },
            replacement(document, line, "a=setup:actpass"),
          ),
        },
      );
    }
  },
});
