import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A mid is short; browsers refuse more than 16 characters. RFC 9429 §5.2.1, RFC 9143 §15. */
export const midLength: Rule<"description"> = defineRule({
  code: "sdp/mid-length",
  subject: "description",
  severity: "info",
  rfc: rfc(9429, "5.2.1", "SHOULD"),
  summary: {
    en: "A mid has at most 3 bytes, so that it fits its RTP header extension; browsers refuse more than 16.",
    ko: "mid는 RTP 헤더 확장에 들어가도록 3바이트 이하로 씁니다. 브라우저는 16자를 넘으면 거부합니다.",
  },
  check({ description, attributes, report }) {
    for (const { mid, section } of description.media) {
      if (mid === undefined || mid.length <= 3) continue;
      const [line] = attributes(section, "mid");
      const isLong = mid.length > 16;
      report(
        line && partOf(line, mid, 6),
        isLong
          ? {
              en: `mid "${mid}" has ${mid.length} characters; Chromium and Firefox refuse more than 16.`,
              ko: `mid "${mid}"은(는) ${mid.length}자입니다. Chromium과 Firefox는 16자를 넘으면 거부합니다.`,
            }
          : {
              en: `mid "${mid}" has ${mid.length} characters and goes with RTP packets; 3 or fewer are recommended.`,
              ko: `mid "${mid}"은(는) ${mid.length}자이며 RTP 패킷마다 실립니다. 3자 이하를 권장합니다.`,
            },
        { severity: isLong ? "error" : "info" },
      );
    }
  },
});
