import { rfc } from "../../rfc.ts";
import { isAttribute } from "../../sdp/line.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** No candidates after end-of-candidates of the same generation. RFC 8838 §13. */
export const candidateAfterEnd: Rule<"candidate"> = defineRule({
  code: "candidate/after-end",
  subject: "candidate",
  severity: "warning",
  rfc: rfc(8838, "13"),
  summary: {
    en: "a=end-of-candidates stands after the last candidate of its section.",
    ko: "a=end-of-candidates는 섹션의 마지막 candidate 뒤에 있어야 합니다.",
  },
  check({ media, report }) {
    if (media === undefined) return;
    const { lines } = media.section;
    const end = lines.findIndex((line) => isAttribute(line, "end-of-candidates"));
    if (end < 0) return;
    for (const line of lines.slice(end + 1))
      if (isAttribute(line, "candidate"))
        report(line, {
          en: "The candidate stands after a=end-of-candidates: a peer may have stopped listening.",
          ko: "candidate가 a=end-of-candidates 뒤에 있습니다. 상대가 더 이상 받지 않을 수 있습니다.",
        });
  },
});
