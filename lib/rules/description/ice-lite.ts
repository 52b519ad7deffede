import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A lite agent has host candidates only; a browser never is one. RFC 8839 §5.3, RFC 8445 §5.2. */
export const iceLite: Rule<"description"> = defineRule({
  code: "sdp/ice-lite",
  subject: "description",
  severity: "error",
  rfc: rfc(8445, "5.2", "MUST"),
  summary: {
    en: "A description with a=ice-lite has host candidates only: a lite agent gathers nothing else.",
    ko: "a=ice-lite가 있는 description에는 host candidate만 있어야 합니다. lite 구현은 다른 candidate를 수집하지 않습니다.",
  },
  check({ description, document, attributes, report }) {
    const [lite] = attributes(document.session, "ice-lite");
    if (!lite) return;
    for (const { candidates } of description.media) {
      const other = candidates.find(({ candidate }) => candidate.type !== "host");
      if (!other) continue;
      report(
        lite,
        {
          en: `a=ice-lite stands with a ${other.candidate.type} candidate. A full agent that says ice-lite makes both sides wait for the other to check.`,
          ko: `a=ice-lite와 ${other.candidate.type} candidate가 함께 있습니다. full 구현이 ice-lite라고 하면 양쪽이 서로 검사를 기다리게 됩니다.`,
        },
        {
          related: [
            { at: other.line, message: { en: "The candidate.", ko: "해당 candidate입니다." } },
          ],
        },
      );
      return;
    }
  },
});
