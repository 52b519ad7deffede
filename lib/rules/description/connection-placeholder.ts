import { rfc } from "../../rfc.ts";
import { followsTag, isActive } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Before candidates are known, port 9 and `c=IN IP4 0.0.0.0` stand as placeholders. RFC 9429 §5.2.1. */
export const connectionPlaceholder: Rule<"description"> = defineRule({
  code: "sdp/connection-placeholder",
  subject: "description",
  severity: "info",
  rfc: rfc(9429, "5.2.1", "MUST"),
  summary: {
    en: "A section without candidates has port 9 and c=IN IP4 0.0.0.0 (or IN IP6 ::) as placeholders.",
    ko: "candidate가 없는 섹션은 자리표시로 port 9와 c=IN IP4 0.0.0.0(또는 IN IP6 ::)을 씁니다.",
  },
  check({ description, report }) {
    for (const media of description.media) {
      const { connection, port, candidates } = media;
      if (!isActive(media) || candidates.length > 0 || followsTag(description, media)) continue;
      if (media.ice.ufrag === undefined || port === 9 || port === 0 || !connection) continue;
      if (connection.address !== "0.0.0.0" && connection.address !== "::") continue;
      report(partOf(media.line, String(port), 2), {
        en: `Section ${media.index} has no candidates and the address ${connection.address}, but port ${port}; the placeholder port is 9.`,
        ko: `섹션 ${media.index}에는 candidate가 없고 주소는 ${connection.address}인데 port가 ${port}입니다. 자리표시 port는 9입니다.`,
      });
    }
  },
});
