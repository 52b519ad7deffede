import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The first mid of the answer's BUNDLE group is an accepted section. RFC 9143 §7.3.1. */
export const answerBundleTag: Rule<"answer"> = defineRule({
  code: "answer/bundle-tag",
  subject: "answer",
  severity: "error",
  rfc: rfc(9143, "7.3.1", "MUST"),
  summary: {
    en: "The first mid of a BUNDLE group in an answer is a section that the answer accepts.",
    ko: "answer의 BUNDLE 그룹에서 첫 mid는 answer가 수락한 섹션이어야 합니다.",
  },
  check({ answer, report }) {
    for (const { line, semantics, mids } of answer.description.groups) {
      const [tag] = mids;
      const media = tag === undefined ? undefined : answer.byMid.get(tag);
      if (semantics !== "BUNDLE" || tag === undefined || !media || media.port !== 0) continue;
      report(
        partOf(line, tag, line.source.indexOf(semantics) + semantics.length),
        {
          en: `mid ${tag} comes first in the answered BUNDLE group, but its section has port 0: no transport is left.`,
          ko: `answer의 BUNDLE 그룹 첫 mid가 ${tag}인데 그 섹션은 port 0이라 남는 트랜스포트가 없습니다.`,
        },
        { related: [{ at: media.line, message: { en: "Its m= line.", ko: "해당 m= 줄입니다." } }] },
      );
    }
  },
});
