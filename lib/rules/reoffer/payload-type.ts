import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A payload type keeps its meaning for the whole session. RFC 3264 §8.3.2. */
export const reofferPayloadType: Rule<"reoffer"> = defineRule({
  code: "reoffer/payload-type",
  subject: "reoffer",
  severity: "error",
  rfc: rfc(3264, "8.3.2", "MUST NOT"),
  summary: {
    en: "A payload type, once used in a section, means the same codec there for the whole session.",
    ko: "한 섹션에서 쓴 payload type은 세션 내내 같은 코덱을 뜻해야 합니다.",
  },
  check({ pairs, report }) {
    for (const { previous, next } of pairs) {
      if (
        previous.port === 0 ||
        next.isRejected ||
        previous.mid !== next.mid ||
        previous.kind !== next.kind
      )
        continue;
      for (const codec of next.codecs) {
        const before = previous.codecs.find(({ payloadType }) => payloadType === codec.payloadType);
        if (!before) continue;
        const isSame =
          before.name.toLowerCase() === codec.name.toLowerCase() &&
          before.clockRate === codec.clockRate;
        if (isSame) continue;
        report(
          codec.rtpmapLine ?? next.line,
          {
            en: `Payload type ${codec.format} was ${before.name}/${before.clockRate} and is now ${codec.name}/${codec.clockRate}: packets on the way would be misread.`,
            ko: `payload type ${codec.format}은(는) ${before.name}/${before.clockRate}였는데 이제 ${codec.name}/${codec.clockRate}입니다. 전송 중인 패킷을 잘못 읽게 됩니다.`,
          },
          {
            related: [
              {
                at: before.rtpmapLine ?? previous.line,
                in: "previous",
                message: { en: "What it meant.", ko: "이전 의미입니다." },
              },
            ],
          },
        );
      }
    }
  },
});
