import { rfc } from "../../rfc.ts";
import { isActive } from "../bundle.ts";
import { fixOf, insertion } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** With the default policy every RTP section multiplexes RTCP. RFC 9429 §4.1.1, §5.8.3. */
export const rtcpMuxMissing: Rule<"description"> = defineRule({
  code: "sdp/rtcp-mux-missing",
  subject: "description",
  severity: "error",
  rfc: rfc(9429, "5.8.3", "MUST"),
  summary: {
    en: 'Every RTP section has a=rtcp-mux: browsers require it (rtcpMuxPolicy "require").',
    ko: '모든 RTP 섹션에 a=rtcp-mux가 있어야 합니다. 브라우저는 이를 요구합니다(rtcpMuxPolicy "require").',
  },
  check({ description, document, report }) {
    const bundled = new Set(description.bundle?.mids);
    for (const media of description.media) {
      if (!media.isRtp || !isActive(media) || media.hasRtcpMux) continue;
      if (media.mid !== undefined && bundled.has(media.mid)) continue;
      report(
        media.line,
        {
          en: `Section ${media.index} has no a=rtcp-mux. Browsers refuse it: they keep no second port for RTCP.`,
          ko: `섹션 ${media.index}에 a=rtcp-mux가 없습니다. 브라우저는 RTCP용 포트를 따로 두지 않으므로 거부합니다.`,
        },
        {
          fix: fixOf(
            { en: "Insert a=rtcp-mux.", ko: "a=rtcp-mux 줄을 넣습니다." },
            insertion(
              document,
              media.section.lines[media.section.lines.length - 1] ?? media.line,
              "a=rtcp-mux",
            ),
          ),
        },
      );
    }
  },
});
