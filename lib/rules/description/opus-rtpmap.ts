import { rfc } from "../../rfc.ts";
import { fixOf, replacement } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Opus is always written `opus/48000/2`. RFC 7587 §7. */
export const opusRtpmap: Rule<"description"> = defineRule({
  code: "sdp/opus-rtpmap",
  subject: "description",
  severity: "error",
  rfc: rfc(7587, "7", "MUST"),
  summary: {
    en: "Opus is written opus/48000/2, whatever rate and channels are really used.",
    ko: "Opus는 실제 샘플링 속도와 채널 수와 관계없이 항상 opus/48000/2로 씁니다.",
  },
  check({ description, document, report }) {
    for (const { codecs } of description.media) {
      for (const { name, clockRate, channels, rtpmapLine, format } of codecs) {
        if (name.toLowerCase() !== "opus" || !rtpmapLine) continue;
        if (clockRate === 48000 && channels === 2) continue;
        report(
          partOf(rtpmapLine, rtpmapLine.source.slice(rtpmapLine.source.indexOf(" ") + 1), 9),
          {
            en: `Opus is opus/48000/2, not ${name}/${clockRate}${channels === undefined ? "" : `/${channels}`}: peers do not recognise it otherwise. Mono is said by stereo=0 in a=fmtp.`,
            ko: `Opus는 ${name}/${clockRate}${channels === undefined ? "" : `/${channels}`}이(가) 아니라 opus/48000/2로 써야 상대가 알아봅니다. 모노는 a=fmtp의 stereo=0으로 나타냅니다.`,
          },
          {
            fix: fixOf(
              { en: "Write opus/48000/2.", ko: "opus/48000/2로 씁니다." },
              replacement(document, rtpmapLine, `a=rtpmap:${format} opus/48000/2`),
            ),
          },
        );
      }
    }
  },
});
