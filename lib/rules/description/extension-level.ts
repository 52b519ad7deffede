import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** All `a=extmap` lines stand in the session part, or all in media sections. RFC 8285 §5. */
export const extensionLevel: Rule<"description"> = defineRule({
  code: "sdp/extension-level",
  subject: "description",
  severity: "error",
  rfc: rfc(8285, "5", "MUST"),
  summary: {
    en: "Either all a=extmap lines stand in the session part or all in the media sections.",
    ko: "a=extmap 줄은 모두 세션 부분에 있거나 모두 미디어 섹션에 있어야 합니다.",
  },
  check({ document, attributes, report }) {
    const [session] = attributes(document.session, "extmap");
    if (!session) return;
    for (const section of document.media) {
      const [line] = attributes(section, "extmap");
      if (!line) continue;
      report(
        line,
        {
          en: "a=extmap stands in this section and in the session part. Chromium refuses the description.",
          ko: "a=extmap이 이 섹션과 세션 부분에 모두 있습니다. Chromium은 description을 거부합니다.",
        },
        {
          related: [
            { at: session, message: { en: "In the session part.", ko: "세션 부분의 줄입니다." } },
          ],
        },
      );
      return;
    }
  },
});
