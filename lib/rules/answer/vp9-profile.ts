import { formatParameter } from "../../codec/format-parameters.ts";
import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A payload type of VP9 is answered with the offered profile. RFC 9628 §6. */
export const vp9Profile: Rule<"answer"> = defineRule({
  code: "answer/vp9-profile",
  subject: "answer",
  severity: "error",
  rfc: rfc(9628, "6"),
  summary: {
    en: "A VP9 payload type is answered with the profile-id it was offered with; absent means 0.",
    ko: "VP9 payload type은 제안된 profile-id 그대로 답합니다. 생략하면 0입니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected) continue;
      for (const codec of answer.codecs) {
        if (codec.name.toUpperCase() !== "VP9") continue;
        const offered = offer.codecs.find(({ payloadType }) => payloadType === codec.payloadType);
        if (offered?.name.toUpperCase() !== "VP9") continue;
        const wanted = formatParameter(offered.fmtp, "profile-id") ?? "0";
        const profile = formatParameter(codec.fmtp, "profile-id") ?? "0";
        if (wanted === profile) continue;
        report(
          codec.fmtpLines[0] ?? codec.rtpmapLine,
          {
            en: `Payload type ${codec.format} was offered as VP9 profile ${wanted}, but is answered as profile ${profile}.`,
            ko: `payload type ${codec.format}은(는) VP9 profile ${wanted}로 제안되었는데 answer에서는 profile ${profile}입니다.`,
          },
          {
            related: [
              {
                at: offered.fmtpLines[0] ?? offered.rtpmapLine ?? offer.line,
                in: "offer",
                message: { en: "The offered profile.", ko: "offer의 profile입니다." },
              },
            ],
          },
        );
      }
    }
  },
});
