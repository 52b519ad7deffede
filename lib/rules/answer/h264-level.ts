import { formatParameter } from "../../codec/format-parameters.ts";
import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Without level asymmetry the answered level is not above the offered one. RFC 6184 §8.2.2. */
export const h264Level: Rule<"answer"> = defineRule({
  code: "answer/h264-level",
  subject: "answer",
  severity: "error",
  rfc: rfc(6184, "8.2.2", "MUST"),
  summary: {
    en: "The H.264 level of an answer is not above the offered one, unless both sides say level-asymmetry-allowed=1.",
    ko: "양쪽 모두 level-asymmetry-allowed=1이 아니면 answer의 H.264 level은 offer보다 높을 수 없습니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected) continue;
      for (const codec of answer.codecs) {
        if (codec.name.toUpperCase() !== "H264") continue;
        const offered = offer.codecs.find(({ payloadType }) => payloadType === codec.payloadType);
        if (offered?.name.toUpperCase() !== "H264" || offered.fmtp === codec.fmtp) continue;
        const isAsymmetric = [offered, codec].every(
          ({ fmtp }) => formatParameter(fmtp, "level-asymmetry-allowed") === "1",
        );
        const limit = levelOf(offered.fmtp);
        const level = levelOf(codec.fmtp);
        if (isAsymmetric || limit === undefined || level === undefined || level <= limit) continue;
        const [line] = codec.fmtpLines;
        report(
          line && partOf(line, "profile-level-id"),
          {
            en: `Payload type ${codec.format} is answered with H.264 level ${level / 10}, above the offered ${limit / 10}, without level-asymmetry-allowed=1 on both sides.`,
            ko: `payload type ${codec.format}의 H.264 level이 ${level / 10}(으)로 offer의 ${limit / 10}보다 높은데, 양쪽 모두 level-asymmetry-allowed=1이 아닙니다.`,
          },
          {
            related: [
              {
                at: offered.fmtpLines[0] ?? offer.line,
                in: "offer",
                message: { en: "The offered level.", ko: "offer의 level입니다." },
              },
            ],
          },
        );
      }
    }
  },
});

/** The level in tenths, such as 31 for 3.1, from the last byte of profile-level-id. */
function levelOf(fmtp: string | undefined): number | undefined {
  const id = formatParameter(fmtp, "profile-level-id");
  return id !== undefined && /^[0-9A-Fa-f]{6}$/.test(id)
    ? Number.parseInt(id.slice(4), 16)
    : undefined;
}
