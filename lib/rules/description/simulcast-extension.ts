import { rfc } from "../../rfc.ts";
import { isActive } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Simulcast by rid needs the rid header extension. RFC 8853 §5.5. */
export const simulcastExtension: Rule<"description"> = defineRule({
  code: "sdp/simulcast-extension",
  subject: "description",
  severity: "error",
  rfc: rfc(8853, "5.5"),
  summary: {
    en: "A section with a=simulcast has an a=extmap line for urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id.",
    ko: "a=simulcast가 있는 섹션에는 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id의 a=extmap 줄이 있어야 합니다.",
  },
  check({ description, report }) {
    for (const media of description.media) {
      const { simulcast, extensions } = media;
      if (!simulcast || !isActive(media)) continue;
      if (extensions.some(({ uri }) => uri === "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"))
        continue;
      report(simulcast.line, {
        en: "Simulcast is offered without the rid header extension, so its streams cannot be told apart. Chromium refuses it.",
        ko: "rid 헤더 확장 없이 simulcast를 제안하므로 스트림을 구별할 수 없습니다. Chromium은 거부합니다.",
      });
    }
  },
});
