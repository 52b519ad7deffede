import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The first mid of a BUNDLE group names the section whose transport is used: it is there for itself. RFC 9143 §7.2.1, §7.3.1. */
export const bundleTag: Rule<"description"> = defineRule({
  code: "sdp/bundle-tag",
  subject: "description",
  severity: "error",
  rfc: rfc(9143, "7.2.1", "MUST NOT"),
  summary: {
    en: "The first mid of a BUNDLE group is a section that is neither rejected nor bundle-only.",
    ko: "BUNDLE 그룹의 첫 mid는 거절되지 않고 bundle-only도 아닌 섹션이어야 합니다.",
  },
  check({ description, byMid, report }) {
    for (const { line, semantics, mids } of description.groups) {
      const [tag] = mids;
      const media = tag === undefined ? undefined : byMid.get(tag);
      if (semantics !== "BUNDLE" || tag === undefined || !media) continue;
      if (!media.isBundleOnly || media.port !== 0) continue;
      report(
        partOf(line, tag, line.source.indexOf(semantics) + semantics.length),
        {
          en: `mid "${tag}" comes first in the BUNDLE group, but its section is bundle-only: the group has no transport.`,
          ko: `mid "${tag}"이(가) BUNDLE 그룹의 첫 번째인데 그 섹션은 bundle-only라 그룹에 트랜스포트가 없습니다.`,
        },
        { related: [{ at: media.line, message: { en: "Its m= line.", ko: "해당 m= 줄입니다." } }] },
      );
    }
  },
});
