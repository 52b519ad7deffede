import { rfc } from "../../rfc.ts";
import { attributeValue } from "../../sdp/line.ts";
import { isActive } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Before candidates trickle in, `a=rtcp` gives no port of its own. RFC 8840 §4.1.1. */
export const tricklePort: Rule<"description"> = defineRule({
  code: "sdp/trickle-port",
  subject: "description",
  severity: "warning",
  rfc: rfc(8840, "4.1.1"),
  summary: {
    en: "A section that has no candidates yet gives no real port in a=rtcp.",
    ko: "아직 candidate가 없는 섹션은 a=rtcp에 실제 port를 적지 않습니다.",
  },
  check({ description, attributes, report }) {
    for (const media of description.media) {
      if (!isActive(media) || media.candidates.length > 0 || media.ice.ufrag === undefined)
        continue;
      const [line] = attributes(media.section, "rtcp");
      const port = line && attributeValue(line)?.split(" ", 1)[0];
      // Browsers write the placeholder port 9 here, which says nothing.
      if (!line || port === "9" || port === "0") continue;
      report(line, {
        en: `a=rtcp gives port ${port}, but the section has no candidates yet.`,
        ko: `섹션에 아직 candidate가 없는데 a=rtcp에 port ${port}이(가) 적혀 있습니다.`,
      });
    }
  },
});
