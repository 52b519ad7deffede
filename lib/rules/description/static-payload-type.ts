import { rfc } from "../../rfc.ts";
import { staticPayloadType } from "../../sdp/static-payload-type.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A static payload type keeps its meaning. RFC 3551 §6. */
export const staticMeaning: Rule<"description"> = defineRule({
  code: "sdp/static-payload-type",
  subject: "description",
  severity: "error",
  rfc: rfc(3551, "6"),
  summary: {
    en: "An a=rtpmap line gives a static payload type no other codec than its own.",
    ko: "a=rtpmap 줄로 정적 payload type에 다른 코덱을 지정할 수 없습니다.",
  },
  check({ description, report }) {
    for (const media of description.media) {
      for (const { payloadType, name, clockRate, rtpmapLine } of media.codecs) {
        const fixed = staticPayloadType(payloadType);
        if (!fixed || !rtpmapLine) continue;
        const isOther =
          fixed.name.toLowerCase() !== name.toLowerCase() || fixed.clockRate !== clockRate;
        if (!isOther) continue;
        report(partOf(rtpmapLine, name, 9), {
          en: `Payload type ${payloadType} is ${fixed.name}/${fixed.clockRate} for everybody and cannot become ${name}/${clockRate}. Chromium refuses it in an audio section.`,
          ko: `payload type ${payloadType}은(는) 누구에게나 ${fixed.name}/${fixed.clockRate}이므로 ${name}/${clockRate}(으)로 바꿀 수 없습니다. Chromium은 오디오 섹션에서 이를 거부합니다.`,
        });
      }
    }
  },
});
