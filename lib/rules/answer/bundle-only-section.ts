import { rfc } from "../../rfc.ts";
import { removeLine } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A bundle-only section is bundled by the answer or rejected. RFC 9143 §7.3.2. */
export const bundleOnlySection: Rule<"answer"> = defineRule({
  code: "answer/bundle-only-section",
  subject: "answer",
  severity: "error",
  rfc: rfc(9143, "7.3.2", "MUST"),
  summary: {
    en: "A section offered as bundle-only is in the BUNDLE group of the answer or rejected, and the answer has no a=bundle-only.",
    ko: "bundle-only로 제안된 섹션은 answer의 BUNDLE 그룹에 있거나 거절되어야 하고, answer에는 a=bundle-only를 쓰지 않습니다.",
  },
  check({ answer: reading, pairs, report }) {
    for (const { offer, answer } of pairs) {
      const [line] = answer.isBundleOnly ? reading.attributes(answer.section, "bundle-only") : [];
      if (line)
        report(
          line,
          {
            en: "a=bundle-only stands in an answer; only an offer can ask for it.",
            ko: "answer에 a=bundle-only가 있습니다. offer에서만 쓸 수 있습니다.",
          },
          { fix: removeLine(reading.document, line), severity: "warning" },
        );
      if (!offer.isBundleOnly || offer.port !== 0 || answer.port === 0) continue;
      if (answer.mid !== undefined && reading.description.bundle?.mids.includes(answer.mid))
        continue;
      report(
        answer.line,
        {
          en: `Section ${answer.index} was offered as bundle-only; the answer accepts it without bundling it, so it has no transport.`,
          ko: `섹션 ${answer.index}은(는) bundle-only로 제안되었는데 answer는 묶지 않은 채 수락했습니다. 트랜스포트가 없습니다.`,
        },
        {
          related: [
            {
              at: offer.line,
              in: "offer",
              message: { en: "Offered as bundle-only.", ko: "bundle-only로 제안되었습니다." },
            },
          ],
        },
      );
    }
  },
});
