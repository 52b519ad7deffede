import { formatParameter } from "../../codec/format-parameters.ts";
import { specification } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** AV1 parameters may differ by the specification, but libwebrtc wants them equal. AV1 RTP specification §7.2.3. */
export const av1Profile: Rule<"answer"> = defineRule({
  code: "answer/av1-profile",
  subject: "answer",
  severity: "info",
  rfc: specification(
    "av1-rtp-spec",
    "7.2.3",
    "https://aomediacodec.github.io/av1-rtp-spec/v1.0.0.html#sdp-offer-answer",
  ),
  summary: {
    en: "AV1 profile, level-idx and tier are each side's own by the specification, but libwebrtc treats another profile as another codec.",
    ko: "AV1의 profile, level-idx, tier는 규격상 양쪽이 따로 정하지만, libwebrtc는 다른 profile을 다른 코덱으로 봅니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected) continue;
      for (const codec of answer.codecs) {
        if (codec.name.toUpperCase() !== "AV1") continue;
        const offered = offer.codecs.find(({ payloadType }) => payloadType === codec.payloadType);
        if (offered?.name.toUpperCase() !== "AV1" || offered.fmtp === codec.fmtp) continue;
        for (const [parameter, absent] of defaults) {
          const wanted = formatParameter(offered.fmtp, parameter) ?? absent;
          const given = formatParameter(codec.fmtp, parameter) ?? absent;
          if (wanted === given) continue;
          report(
            codec.fmtpLines[0] ?? codec.rtpmapLine,
            {
              en: `AV1 was offered with ${parameter} ${wanted} and is answered with ${given}. The specification allows that; libwebrtc takes it for another codec.`,
              ko: `AV1의 ${parameter}이(가) offer에서는 ${wanted}, answer에서는 ${given}입니다. 규격은 허용하지만 libwebrtc는 다른 코덱으로 봅니다.`,
            },
            {
              related: [
                {
                  at: offered.fmtpLines[0] ?? offered.rtpmapLine ?? offer.line,
                  in: "offer",
                  message: { en: "The offered parameters.", ko: "offer의 파라미터입니다." },
                },
              ],
            },
          );
        }
      }
    }
  },
});

/** What an absent parameter means. AV1 RTP specification §7.2.1. */
const defaults = [
  ["profile", "0"],
  ["level-idx", "5"],
  ["tier", "0"],
] as const;
