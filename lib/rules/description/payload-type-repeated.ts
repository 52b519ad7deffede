import { rfc } from "../../rfc.ts";
import type { Line } from "../../sdp/document.ts";
import { attributeValue } from "../../sdp/line.ts";
import { removeLine } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A payload type has one `a=rtpmap` in its section. RFC 8866 §6.6. */
export const payloadTypeRepeated: Rule<"description"> = defineRule({
  code: "sdp/payload-type-repeated",
  subject: "description",
  severity: "error",
  rfc: rfc(8866, "6.6"),
  summary: {
    en: "A payload type has one a=rtpmap line in its section.",
    ko: "한 섹션에서 payload type 하나에 a=rtpmap 줄은 하나입니다.",
  },
  check({ description, document, attributes, report }) {
    for (const media of description.media) {
      if (!media.isRtp) continue;
      const known = new Map<string, Line>();
      for (const line of attributes(media.section, "rtpmap")) {
        const value = line.source.slice("a=rtpmap:".length);
        const blank = value.indexOf(" ");
        const format = blank < 0 ? value : value.slice(0, blank);
        const other = known.get(format);
        if (!other) {
          known.set(format, line);
          continue;
        }
        const isSame = attributeValue(other)?.toLowerCase() === value.toLowerCase();
        report(
          line,
          isSame
            ? {
                en: `Payload type ${format} has this a=rtpmap line twice.`,
                ko: `payload type ${format}에 같은 a=rtpmap 줄이 두 번 있습니다.`,
              }
            : {
                en: `Payload type ${format} has two meanings in this section. Chromium refuses it.`,
                ko: `이 섹션에서 payload type ${format}의 의미가 둘입니다. Chromium은 거부합니다.`,
              },
          {
            severity: isSame ? "warning" : "error",
            related: [{ at: other, message: { en: "The first one.", ko: "첫 번째 줄입니다." } }],
            ...(isSame && { fix: removeLine(document, line) }),
          },
        );
      }
    }
  },
});
