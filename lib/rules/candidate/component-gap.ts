import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Components start at 1 and have no gaps. RFC 8839 §5.1. */
export const componentGap: Rule<"candidate"> = defineRule({
  code: "candidate/component-gap",
  subject: "candidate",
  severity: "warning",
  rfc: rfc(8839, "5.1", "MUST"),
  summary: {
    en: "The components of a section start at 1 and increment by 1.",
    ko: "섹션의 component는 1부터 시작해 1씩 늘어나야 합니다.",
  },
  check({ candidates, report }) {
    const present = new Set(candidates.map(({ candidate }) => candidate.component));
    for (const { line, candidate } of candidates) {
      const { component } = candidate;
      if (component < 2 || component > 256 || present.has(component - 1)) continue;
      report(line, {
        en: `There is component ${component}, but no candidate of component ${component - 1}.`,
        ko: `component ${component}의 candidate는 있지만 component ${component - 1}의 candidate가 없습니다.`,
      });
      present.add(component - 1);
    }
  },
});
