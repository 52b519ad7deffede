import { matchCodec } from "../../codec/match.ts";
import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A payload type of H.265 is answered with the offered profile. RFC 7798 §7.2.2. */
export const h265Profile: Rule<"answer"> = defineRule({
  code: "answer/h265-profile",
  subject: "answer",
  severity: "error",
  rfc: rfc(7798, "7.2.2", "MUST"),
  summary: {
    en: "An H.265 payload type is answered with the profile, tier and transmission mode it was offered with.",
    ko: "H.265 payload type은 제안된 profile, tier, 전송 방식 그대로 답합니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected) continue;
      for (const codec of answer.codecs) {
        if (codec.name.toUpperCase() !== "H265") continue;
        const offered = offer.codecs.find(({ payloadType }) => payloadType === codec.payloadType);
        if (offered?.name.toUpperCase() !== "H265") continue;
        if (offered.fmtp === codec.fmtp) continue;
        const match = matchCodec(offered, codec, "rfc");
        if (match.matches) continue;
        report(
          codec.fmtpLines[0] ?? codec.rtpmapLine,
          {
            en: `Payload type ${codec.format} is answered with another H.265 configuration than offered. ${match.reason.en}`,
            ko: `payload type ${codec.format}의 H.265 설정이 offer와 다릅니다. ${match.reason.ko}`,
          },
          {
            related: [
              {
                at: offered.fmtpLines[0] ?? offered.rtpmapLine ?? offer.line,
                in: "offer",
                message: { en: "The offered configuration.", ko: "offer의 설정입니다." },
              },
            ],
          },
        );
      }
    }
  },
});
