import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** With an RTP profile every format of an `m=` line is a payload type. RFC 8866 §5.14. */
export const formatPayloadType: Rule<"description"> = defineRule({
  code: "sdp/format-payload-type",
  subject: "description",
  severity: "error",
  rfc: rfc(8866, "5.14"),
  summary: {
    en: "Every format of an m= line with an RTP profile is a payload type between 0 and 127, and stands once.",
    ko: "RTP 프로파일을 쓰는 m= 줄의 포맷은 0~127 사이의 payload type이며 한 번씩만 나옵니다.",
  },
  check({ description, report }) {
    for (const media of description.media) {
      if (!media.isRtp) continue;
      const seen = new Set<string>();
      let at = media.line.source.indexOf(media.protocol) + media.protocol.length;
      for (const format of media.formats) {
        const place = partOf(media.line, format, at);
        at = "line" in place ? place.end : at;
        if (!/^[0-9]{1,3}$/.test(format) || Number(format) > 127)
          report(place, {
            en: `"${format}" is no payload type: with ${media.protocol} every format is a number from 0 to 127.`,
            ko: `"${format}"은(는) payload type이 아닙니다. ${media.protocol}에서 포맷은 0~127의 숫자여야 합니다.`,
          });
        else if (seen.has(format))
          report(
            place,
            {
              en: `Payload type ${format} is listed twice in this m= line.`,
              ko: `이 m= 줄에 payload type ${format}이(가) 두 번 나옵니다.`,
            },
            { severity: "warning" },
          );
        seen.add(format);
      }
    }
  },
});
