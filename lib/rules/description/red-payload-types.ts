import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The payload types that RED lists are formats of its section. RFC 2198 §5. */
export const redPayloadTypes: Rule<"description"> = defineRule({
  code: "sdp/red-payload-types",
  subject: "description",
  severity: "error",
  rfc: rfc(2198, "5"),
  summary: {
    en: "The payload types in the a=fmtp of red are formats of the section.",
    ko: "red의 a=fmtp에 적힌 payload type은 그 섹션의 포맷이어야 합니다.",
  },
  check({ description, report }) {
    for (const { codecs, formats } of description.media) {
      for (const { name, fmtp, fmtpLines, format } of codecs) {
        const [line] = fmtpLines;
        if (name.toLowerCase() !== "red" || fmtp === undefined || !line) continue;
        let at = line.source.indexOf(fmtp);
        for (const listed of fmtp.trim().split("/")) {
          const place = partOf(line, listed, at);
          at = "line" in place ? place.end : at;
          if (formats.includes(listed)) continue;
          report(place, {
            en: `red payload type ${format} carries payload type ${listed}, which this section does not list.`,
            ko: `red payload type ${format}이(가) 이 섹션에 없는 payload type ${listed}을(를) 싣습니다.`,
          });
        }
      }
    }
  },
});
