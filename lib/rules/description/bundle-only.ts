import { rfc } from "../../rfc.ts";
import { bundleGroups } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A bundle-only section has port 0, is in a group, and brings no transport of its own. RFC 9143 §7.2, RFC 9429 §5.2.1. */
export const bundleOnly: Rule<"description"> = defineRule({
  code: "sdp/bundle-only",
  subject: "description",
  severity: "error",
  rfc: rfc(9143, "6", "MUST"),
  summary: {
    en: "A section with a=bundle-only has port 0, is in a BUNDLE group, and has no candidates.",
    ko: "a=bundle-only가 있는 섹션은 port가 0이고 BUNDLE 그룹에 속하며 candidate가 없어야 합니다.",
  },
  check({ description, byMid, attributes, report }) {
    const bundled = new Set(bundleGroups({ description, byMid }).flatMap(({ media }) => media));
    for (const media of description.media) {
      const [line] = attributes(media.section, "bundle-only");
      if (!line) continue;
      if (media.port !== 0)
        report(
          line,
          {
            en: `a=bundle-only stands with port ${media.port}; it has a meaning only with port 0 and is ignored otherwise.`,
            ko: `a=bundle-only가 port ${media.port}와 함께 있습니다. port 0일 때만 의미가 있고 그 밖에는 무시됩니다.`,
          },
          { severity: "warning" },
        );
      else if (!bundled.has(media))
        report(line, {
          en: `Section ${media.index} is bundle-only but in no BUNDLE group: nothing carries it.`,
          ko: `섹션 ${media.index}은(는) bundle-only이지만 BUNDLE 그룹에 없어 실어 나를 트랜스포트가 없습니다.`,
        });
      const [candidate] = media.candidates;
      if (candidate && media.port === 0)
        report(
          candidate.line,
          {
            en: `Section ${media.index} is bundle-only, yet has candidates of its own.`,
            ko: `섹션 ${media.index}은(는) bundle-only인데 자기 candidate가 있습니다.`,
          },
          { severity: "warning" },
        );
    }
  },
});
