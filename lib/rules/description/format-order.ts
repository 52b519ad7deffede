import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Formats stand in order of preference, so the first one is a codec. RFC 3264 §5.1. */
export const formatOrder: Rule<"description"> = defineRule({
  code: "sdp/format-order",
  subject: "description",
  severity: "info",
  rfc: rfc(3264, "5.1", "MUST"),
  summary: {
    en: "The formats stand in order of preference: the first one is a codec, not a repair or companion format.",
    ko: "포맷은 선호 순서대로 적습니다. 첫 포맷은 복구용이나 보조 포맷이 아닌 코덱이어야 합니다.",
  },
  check({ description, report }) {
    for (const media of description.media) {
      const [first] = media.codecs;
      if (!first || media.isRejected || !companions.has(first.name.toLowerCase())) continue;
      report(partOf(media.line, first.format, media.line.source.indexOf(media.protocol)), {
        en: `${first.name} (payload type ${first.format}) stands first, as if it were preferred; it only accompanies a codec.`,
        ko: `${first.name}(payload type ${first.format})이(가) 맨 앞에 있어 가장 선호하는 것처럼 읽힙니다. 코덱에 딸린 포맷입니다.`,
      });
    }
  },
});

const companions = new Set([
  "rtx",
  "red",
  "ulpfec",
  "flexfec",
  "flexfec-03",
  "cn",
  "telephone-event",
]);
