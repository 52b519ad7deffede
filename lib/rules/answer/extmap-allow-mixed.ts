import { rfc } from "../../rfc.ts";
import { removeLine } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** `extmap-allow-mixed` is answered only where it was offered. RFC 8285 §6. */
export const extmapAllowMixed: Rule<"answer"> = defineRule({
  code: "answer/extmap-allow-mixed",
  subject: "answer",
  severity: "warning",
  rfc: rfc(8285, "6", "MUST NOT"),
  summary: {
    en: "An answer says a=extmap-allow-mixed only where the offer does.",
    ko: "offer에 a=extmap-allow-mixed가 있을 때만 answer에도 쓸 수 있습니다.",
  },
  check({ offer, answer, report }) {
    const offered =
      offer.description.extmapAllowMixed ||
      offer.description.media.some(({ hasExtmapAllowMixed }) => hasExtmapAllowMixed);
    if (offered) return;
    for (const section of [answer.document.session, ...answer.document.media]) {
      const [line] = answer.attributes(section, "extmap-allow-mixed");
      if (!line) continue;
      report(
        line,
        {
          en: "The answer allows mixed header extensions, but the offer did not ask for them.",
          ko: "offer에는 없던 extmap-allow-mixed가 answer에 있습니다.",
        },
        { fix: removeLine(answer.document, line) },
      );
    }
  },
});
