import { formatParameter } from "../../codec/format-parameters.ts";
import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** FlexFEC runs above 1000 Hz and says its repair window. RFC 8627 §5.1. */
export const flexfec: Rule<"description"> = defineRule({
  code: "sdp/flexfec",
  subject: "description",
  severity: "warning",
  rfc: rfc(8627, "5.1"),
  summary: {
    en: "FlexFEC has a clock rate above 1000 Hz and a repair-window.",
    ko: "FlexFEC의 clock rate는 1000Hz보다 크고 repair-window가 있어야 합니다.",
  },
  check({ description, report }) {
    for (const { codecs } of description.media) {
      for (const { name, clockRate, fmtp, fmtpLines, rtpmapLine } of codecs) {
        // flexfec-03 is libwebrtc's name for the draft; it has the same parameters.
        if (!name.toLowerCase().startsWith("flexfec")) continue;
        if (clockRate <= 1000)
          report(rtpmapLine, {
            en: `${name} has a clock rate of ${clockRate} Hz; it must be above 1000 Hz.`,
            ko: `${name}의 clock rate가 ${clockRate}Hz입니다. 1000Hz보다 커야 합니다.`,
          });
        if (formatParameter(fmtp, "repair-window") === undefined)
          report(fmtpLines[0] ?? rtpmapLine, {
            en: `${name} does not say its repair-window.`,
            ko: `${name}에 repair-window가 없습니다.`,
          });
      }
    }
  },
});
