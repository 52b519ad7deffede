import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A clock rate has one comfort noise format. RFC 3389 §4, RFC 9429 §5.2.3.2. */
export const comfortNoise: Rule<"description"> = defineRule({
  code: "sdp/comfort-noise",
  subject: "description",
  severity: "info",
  rfc: rfc(3389, "4"),
  summary: {
    en: "Comfort noise (CN) has one payload type for a clock rate, at a rate that a codec of the section uses.",
    ko: "comfort noise(CN)는 clock rate마다 payload type이 하나이고, 그 섹션의 코덱이 쓰는 rate여야 합니다.",
  },
  check({ description, report }) {
    for (const media of description.media) {
      const rates = new Set(
        media.codecs
          .filter(({ name }) => !companions.has(name.toLowerCase()))
          .map(({ clockRate }) => clockRate),
      );
      const seen = new Set<number>();
      for (const { name, clockRate, rtpmapLine, format } of media.codecs) {
        if (name.toUpperCase() !== "CN") continue;
        const place = rtpmapLine ?? partOf(media.line, format, 2);
        if (seen.has(clockRate))
          report(place, {
            en: `Comfort noise at ${clockRate} Hz is listed twice.`,
            ko: `${clockRate}Hz의 comfort noise가 두 번 나옵니다.`,
          });
        else if (!rates.has(clockRate))
          report(place, {
            en: `Comfort noise at ${clockRate} Hz accompanies no codec of this section.`,
            ko: `${clockRate}Hz의 comfort noise와 짝이 되는 코덱이 이 섹션에 없습니다.`,
          });
        seen.add(clockRate);
      }
    }
  },
});

const companions = new Set(["cn", "telephone-event", "red", "rtx"]);
