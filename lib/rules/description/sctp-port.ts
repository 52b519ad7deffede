import { rfc } from "../../rfc.ts";
import { isActive } from "../bundle.ts";
import { fixOf, insertion } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A data section says its SCTP port and has one format. RFC 8841 §4.3, §5.1. */
export const sctpPort: Rule<"description"> = defineRule({
  code: "sdp/sctp-port",
  subject: "description",
  severity: "error",
  rfc: rfc(8841, "5.1", "MUST"),
  summary: {
    en: "A data section has exactly one format and an a=sctp-port line.",
    ko: "데이터 섹션에는 포맷이 정확히 하나 있고 a=sctp-port 줄이 있어야 합니다.",
  },
  check({ description, document, report }) {
    for (const media of description.media) {
      const { sctp, line, formats } = media;
      if (!sctp || !isActive(media)) continue;
      if (formats.length > 1)
        report(
          partOf(line, formats[1] ?? "", line.source.indexOf(formats[0] ?? "") + 1),
          {
            en: `The data section lists ${formats.length} formats; it has exactly one, webrtc-datachannel.`,
            ko: `데이터 섹션에 포맷이 ${formats.length}개 있습니다. webrtc-datachannel 하나만 있어야 합니다.`,
          },
          { rfc: rfc(8841, "4.3", "MUST") },
        );
      if (sctp.isLegacySyntax)
        report(
          line,
          {
            en: "This is the old syntax of data sections (a=sctpmap). New ones say UDP/DTLS/SCTP webrtc-datachannel and a=sctp-port.",
            ko: "데이터 섹션의 예전 문법(a=sctpmap)입니다. 새 문법은 UDP/DTLS/SCTP webrtc-datachannel과 a=sctp-port를 씁니다.",
          },
          { severity: "info" },
        );
      else if (sctp.port === undefined)
        report(
          line,
          {
            en: "The data section has no a=sctp-port line, so it is invalid by the RFC. Browsers assume 5000.",
            ko: "데이터 섹션에 a=sctp-port 줄이 없어 RFC상 무효입니다. 브라우저는 5000으로 봅니다.",
          },
          {
            fix: fixOf(
              { en: "Insert a=sctp-port:5000.", ko: "a=sctp-port:5000 줄을 넣습니다." },
              insertion(
                document,
                media.section.lines[media.section.lines.length - 1] ?? line,
                "a=sctp-port:5000",
              ),
            ),
          },
        );
    }
  },
});
