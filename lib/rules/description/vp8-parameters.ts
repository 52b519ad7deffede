import { parseFormatParameters } from "../../codec/format-parameters.ts";
import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** VP8 knows `max-fr` and `max-fs` only. RFC 7741 §6.2. */
export const vp8Parameters: Rule<"description"> = defineRule({
  code: "sdp/vp8-parameters",
  subject: "description",
  severity: "info",
  rfc: rfc(7741, "6.2"),
  summary: {
    en: "VP8 has the format parameters max-fr and max-fs only; others are ignored.",
    ko: "VP8의 format parameter는 max-fr과 max-fs뿐이며 그 밖의 것은 무시됩니다.",
  },
  check({ description, report }) {
    for (const { codecs } of description.media) {
      for (const { name, fmtp, fmtpLines } of codecs) {
        const [line] = fmtpLines;
        if (name.toUpperCase() !== "VP8" || fmtp === undefined || !line) continue;
        for (const parameter of parseFormatParameters(fmtp)) {
          const key = parameter.name.toLowerCase();
          // libwebrtc's own hints (x-google-…) are meant to be ignored by everybody else.
          if (key === "max-fr" || key === "max-fs" || key === "" || key.startsWith("x-")) continue;
          report(partOf(line, parameter.name, 7), {
            en: `VP8 has no parameter ${parameter.name}; it is ignored.`,
            ko: `VP8에는 ${parameter.name} 파라미터가 없어 무시됩니다.`,
          });
        }
      }
    }
  },
});
