import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** `a=ice-mismatch` is said by an answer. RFC 8839 §5.3. */
export const iceMismatch: Rule<"description"> = defineRule({
  code: "sdp/ice-mismatch",
  subject: "description",
  severity: "error",
  rfc: rfc(8839, "5.3"),
  summary: {
    en: "a=ice-mismatch stands in answers only.",
    ko: "a=ice-mismatch는 answer에만 쓸 수 있습니다.",
  },
  check({ description, attributes, type, report }) {
    if (type !== "offer") return;
    for (const { section } of description.media) {
      const [line] = attributes(section, "ice-mismatch");
      if (line)
        report(line, {
          en: "a=ice-mismatch tells that an offer's default destination was no candidate; an offer cannot say it.",
          ko: "a=ice-mismatch는 offer의 기본 목적지가 candidate에 없었다고 알리는 속성이라 offer에는 쓸 수 없습니다.",
        });
    }
  },
});
