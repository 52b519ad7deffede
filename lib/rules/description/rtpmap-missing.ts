import { rfc } from "../../rfc.ts";
import { attributeValue } from "../../sdp/line.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A dynamic payload type needs its `a=rtpmap`. RFC 8866 §6.6, §8.2.3. */
export const rtpmapMissing: Rule<"description"> = defineRule({
  code: "sdp/rtpmap-missing",
  subject: "description",
  severity: "error",
  rfc: rfc(8866, "8.2.3", "MUST"),
  summary: {
    en: "A payload type without a fixed meaning has an a=rtpmap line.",
    ko: "고정된 의미가 없는 payload type에는 a=rtpmap 줄이 있어야 합니다.",
  },
  check({ description, attributes, report }) {
    for (const media of description.media) {
      if (!media.isRtp || media.isRejected) continue;
      // As many codecs as formats: each format is one.
      if (media.codecs.length === media.formats.length) continue;
      const known = new Set(media.codecs.map(({ format }) => format));
      let at = media.line.source.indexOf(media.protocol) + media.protocol.length;
      for (const format of media.formats) {
        const place = partOf(media.line, format, at);
        at = "line" in place ? place.end : at;
        if (known.has(format) || !/^[0-9]{1,3}$/.test(format)) continue;
        const using = [
          ...attributes(media.section, "fmtp"),
          ...attributes(media.section, "rtcp-fb"),
        ].find((line) => attributeValue(line)?.split(" ", 1)[0] === format);
        report(
          place,
          {
            en: `Payload type ${format} has no a=rtpmap line, so nobody knows which codec it is.`,
            ko: `payload type ${format}에 a=rtpmap 줄이 없어 어떤 코덱인지 알 수 없습니다.`,
          },
          using
            ? {
                related: [
                  {
                    at: using,
                    message: {
                      en: `This line speaks of payload type ${format}.`,
                      ko: `이 줄이 payload type ${format}을(를) 가리킵니다.`,
                    },
                  },
                ],
              }
            : {},
        );
      }
    }
  },
});
