import { rfc } from "../../rfc.ts";
import { sectionsOf } from "../../sdp/sections.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Several fingerprints are a set of which one has to fit; not everybody reads more than one. RFC 8122 §5.1. */
export const fingerprintSet: Rule<"description"> = defineRule({
  code: "sdp/fingerprint-set",
  subject: "description",
  severity: "info",
  rfc: rfc(8122, "5.1"),
  summary: {
    en: "Several fingerprints at one level are legal and form a set; Chromium takes only one.",
    ko: "같은 수준의 fingerprint 여러 개는 합법이며 집합을 이룹니다. 다만 Chromium은 하나만 받습니다.",
  },
  check({ document, attributes, report }) {
    for (const section of sectionsOf(document)) {
      const lines = attributes(section, "fingerprint");
      const [first] = lines;
      for (const line of lines.slice(1)) {
        report(
          line,
          section.index === -1
            ? {
                en: "A second fingerprint in the session part. The RFC allows it, but Chromium refuses the description.",
                ko: "세션 부분에 fingerprint가 두 개 이상 있습니다. RFC는 허용하지만 Chromium은 description을 거부합니다.",
              }
            : {
                en: "A second fingerprint in this section. The RFC allows it, but Chromium looks at the last one only.",
                ko: "이 섹션에 fingerprint가 두 개 이상 있습니다. RFC는 허용하지만 Chromium은 마지막 것만 봅니다.",
              },
          {
            severity: section.index === -1 ? "warning" : "info",
            ...(first && {
              related: [{ at: first, message: { en: "The first one.", ko: "첫 번째입니다." } }],
            }),
          },
        );
      }
    }
  },
});
