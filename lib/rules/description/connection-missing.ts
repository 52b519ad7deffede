import { rfc } from "../../rfc.ts";
import { fixOf, insertion } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** `c=` stands in the session part or in every media section. RFC 8866 §5.7. */
export const connectionMissing: Rule<"description"> = defineRule({
  code: "sdp/connection-missing",
  subject: "description",
  severity: "error",
  rfc: rfc(8866, "5.7", "MUST"),
  summary: {
    en: "There is a c= line in the session part or in every media section.",
    ko: "c= 줄은 세션 부분에 있거나 모든 미디어 섹션에 있어야 합니다.",
  },
  check({ description, document, lines, report }) {
    if (lines(document.session, "c").length > 0) return;
    for (const media of description.media) {
      if (lines(media.section, "c").length > 0) continue;
      const text = "c=IN IP4 0.0.0.0";
      report(
        media.line,
        {
          en: `Section ${media.index} has no c= line, and the session part has none for it. Firefox refuses the description.`,
          ko: `섹션 ${media.index}에 c= 줄이 없고, 세션 부분에도 없습니다. Firefox는 이 description을 거부합니다.`,
        },
        {
          fix: fixOf(
            { en: `Insert ${text}.`, ko: `${text} 줄을 넣습니다.` },
            insertion(document, media.line, text),
          ),
        },
      );
    }
  },
});
