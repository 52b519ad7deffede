import { rfc } from "../../rfc.ts";
import { fixOf, insertion, removeLine } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** `a=rtcp-mux-only` stands with `a=rtcp-mux`, and in offers only. RFC 8858 §4.2, §4.3. */
export const rtcpMuxOnly: Rule<"description"> = defineRule({
  code: "sdp/rtcp-mux-only",
  subject: "description",
  severity: "error",
  rfc: rfc(8858, "4.2", "MUST"),
  summary: {
    en: "a=rtcp-mux-only stands together with a=rtcp-mux, and in offers only.",
    ko: "a=rtcp-mux-only는 a=rtcp-mux와 함께, offer에만 씁니다.",
  },
  check({ description, document, attributes, type, report }) {
    for (const media of description.media) {
      const [line] = attributes(media.section, "rtcp-mux-only");
      if (!line) continue;
      if (!media.hasRtcpMux)
        report(
          line,
          {
            en: "a=rtcp-mux-only stands without a=rtcp-mux: a peer that does not know it would not multiplex.",
            ko: "a=rtcp-mux 없이 a=rtcp-mux-only만 있습니다. 이 속성을 모르는 상대는 다중화하지 않습니다.",
          },
          {
            fix: fixOf(
              { en: "Insert a=rtcp-mux.", ko: "a=rtcp-mux 줄을 넣습니다." },
              insertion(document, line, "a=rtcp-mux"),
            ),
          },
        );
      else if (type === "answer")
        report(
          line,
          {
            en: "a=rtcp-mux-only stands in an answer; only an offer asks, an answer says a=rtcp-mux.",
            ko: "answer에 a=rtcp-mux-only가 있습니다. 이 속성은 offer에만 쓰고, answer에는 a=rtcp-mux를 씁니다.",
          },
          { rfc: rfc(8858, "4.3", "MUST NOT"), fix: removeLine(document, line) },
        );
    }
  },
});
