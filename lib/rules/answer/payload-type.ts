import { matchCodec } from "../../codec/match.ts";
import { rfc } from "../../rfc.ts";
import type { MediaCodec } from "../../sdp/description.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The answer keeps the offer's payload type for the same codec. RFC 3264 §6.1. */
export const payloadType: Rule<"answer"> = defineRule({
  code: "answer/payload-type",
  subject: "answer",
  severity: "warning",
  rfc: rfc(3264, "6.1", "SHOULD"),
  summary: {
    en: "A codec has the same payload type in the answer as in the offer, and a payload type of the offer means the same codec.",
    ko: "같은 코덱은 offer와 answer에서 payload type이 같아야 하고, offer의 payload type은 같은 코덱을 뜻해야 합니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected || !answer.isRtp) continue;
      for (const codec of answer.codecs) {
        const same = offer.codecs.find(({ payloadType }) => payloadType === codec.payloadType);
        const place =
          codec.rtpmapLine ??
          partOf(answer.line, codec.format, answer.line.source.indexOf(answer.protocol));
        if (same && !isSame(same, codec))
          report(
            place,
            {
              en: `Payload type ${codec.format} was offered as ${same.name}/${same.clockRate}, but is answered as ${codec.name}/${codec.clockRate}.`,
              ko: `payload type ${codec.format}은(는) offer에서 ${same.name}/${same.clockRate}인데 answer에서는 ${codec.name}/${codec.clockRate}입니다.`,
            },
            {
              related: [
                {
                  at: same.rtpmapLine ?? offer.line,
                  in: "offer",
                  message: { en: "The offered meaning.", ko: "offer의 의미입니다." },
                },
              ],
            },
          );
        if (same || codec.name.toLowerCase() === "rtx") continue;
        const moved = offer.codecs.find(
          (other) => isSame(other, codec) && matchCodec(other, codec).matches,
        );
        if (moved)
          report(
            place,
            {
              en: `${codec.name} was offered as payload type ${moved.format}, but is answered as ${codec.format}. That is legal, yet many endpoints cannot do it.`,
              ko: `${codec.name}은(는) payload type ${moved.format}으로 제안되었는데 answer에서는 ${codec.format}입니다. 합법이지만 처리하지 못하는 엔드포인트가 많습니다.`,
            },
            {
              related: [
                {
                  at: moved.rtpmapLine ?? offer.line,
                  in: "offer",
                  message: { en: "The offered payload type.", ko: "offer의 payload type입니다." },
                },
              ],
            },
          );
      }
    }
  },
});

function isSame(a: MediaCodec, b: MediaCodec): boolean {
  return a.name.toLowerCase() === b.name.toLowerCase() && a.clockRate === b.clockRate;
}
