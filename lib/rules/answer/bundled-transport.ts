import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Only the tagged section of an answer carries the transport's attributes. RFC 9143 §7.1.3, RFC 8859. */
export const bundledTransport: Rule<"answer"> = defineRule({
  code: "answer/bundled-transport",
  subject: "answer",
  severity: "info",
  rfc: rfc(9143, "7.1.3", "MUST NOT"),
  summary: {
    en: "In an answer only the first section of a bundle has candidates; the others share them.",
    ko: "answer에서는 BUNDLE의 첫 섹션에만 candidate를 적고 나머지는 함께 씁니다.",
  },
  check({ answer, report }) {
    const bundle = answer.description.bundle;
    if (!bundle) return;
    for (const mid of bundle.mids.slice(1)) {
      const media = answer.byMid.get(mid);
      const [candidate] = media?.candidates ?? [];
      if (!media || !candidate) continue;
      report(
        candidate.line,
        {
          en: `Section ${media.index} is bundled behind mid ${bundle.mids[0]}, yet has candidates of its own; they are not used.`,
          ko: `섹션 ${media.index}은(는) mid ${bundle.mids[0]}에 묶여 있는데 자기 candidate가 있습니다. 쓰이지 않습니다.`,
        },
        {
          related: [{ at: bundle.line, message: { en: "The bundle.", ko: "해당 BUNDLE입니다." } }],
        },
      );
    }
  },
});
