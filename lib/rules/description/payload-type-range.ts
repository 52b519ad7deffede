import { rfc } from "../../rfc.ts";
import { isActive } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** With rtcp-mux payload types 64–95 would be mistaken for RTCP. RFC 5761 §4. */
export const payloadTypeRange: Rule<"description"> = defineRule({
  code: "sdp/payload-type-range",
  subject: "description",
  severity: "error",
  rfc: rfc(5761, "4", "MUST NOT"),
  summary: {
    en: "With a=rtcp-mux no payload type between 64 and 95 is used: such packets look like RTCP.",
    ko: "a=rtcp-mux를 쓰면 64~95의 payload type을 쓸 수 없습니다. RTCP 패킷과 구별되지 않습니다.",
  },
  check({ description, report }) {
    for (const media of description.media) {
      if (!media.isRtp || !isActive(media) || !media.hasRtcpMux) continue;
      let at = media.line.source.indexOf(media.protocol) + media.protocol.length;
      for (const format of media.formats) {
        const place = partOf(media.line, format, at);
        at = "line" in place ? place.end : at;
        const payloadType = Number(format);
        if (!(payloadType >= 64 && payloadType <= 95)) continue;
        report(place, {
          en: `Payload type ${format} is between 64 and 95, which rtcp-mux leaves to RTCP. Use 96–127, then 35–63.`,
          ko: `payload type ${format}은(는) rtcp-mux가 RTCP에 남겨 둔 64~95 범위입니다. 96~127을 쓰고, 모자라면 35~63을 쓰십시오.`,
        });
      }
    }
  },
});
