import { parseFormatParameters } from "../../codec/format-parameters.ts";
import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Parameters that Opus does not know leave the answer. RFC 7587 §7.1. */
export const opusParameters: Rule<"answer"> = defineRule({
  code: "answer/opus-parameters",
  subject: "answer",
  severity: "info",
  rfc: rfc(7587, "7.1", "MUST"),
  summary: {
    en: "An answer repeats no Opus parameter that RFC 7587 does not define.",
    ko: "answer에는 RFC 7587에 없는 Opus 파라미터를 되풀이하지 않습니다.",
  },
  check({ answer, report }) {
    for (const media of answer.description.media) {
      if (media.isRejected) continue;
      for (const { name, fmtp, fmtpLines } of media.codecs) {
        const [line] = fmtpLines;
        if (name.toLowerCase() !== "opus" || fmtp === undefined || !line) continue;
        for (const parameter of parseFormatParameters(fmtp)) {
          const key = parameter.name.toLowerCase();
          if (key === "" || known.has(key)) continue;
          report(partOf(line, parameter.name, 7), {
            en: `Opus has no parameter ${parameter.name}; an answer leaves it out.`,
            ko: `Opus에는 ${parameter.name} 파라미터가 없습니다. answer에서는 뺍니다.`,
          });
        }
      }
    }
  },
});

const known = new Set([
  "maxplaybackrate",
  "sprop-maxcapturerate",
  "maxaveragebitrate",
  "stereo",
  "sprop-stereo",
  "cbr",
  "useinbandfec",
  "usedtx",
  // RFC 8866 §6.4 attributes that libwebrtc and Firefox also read from here.
  "ptime",
  "minptime",
  "maxptime",
]);
