import { rfc } from "../../rfc.ts";
import type { Line } from "../../sdp/document.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Every candidate of a stream has a priority of its own. RFC 8445 §5.1.2. Several agents do not care: checks then have no order. */
export const priorityUnique: Rule<"candidate"> = defineRule({
  code: "candidate/priority-unique",
  subject: "candidate",
  severity: "info",
  rfc: rfc(8445, "5.1.2", "MUST"),
  summary: {
    en: "Every candidate of a section has a priority of its own.",
    ko: "섹션의 candidate마다 priority가 서로 달라야 합니다.",
  },
  check({ candidates, report }) {
    const seen = new Map<number, Line>();
    for (const { line, candidate } of candidates) {
      const { priority } = candidate;
      const first = seen.get(priority);
      if (first === undefined) {
        seen.set(priority, line);
        continue;
      }
      report(
        line,
        {
          en: `Priority ${priority} belongs to another candidate of the section too: which is checked first is open.`,
          ko: `같은 priority(${priority})를 섹션의 다른 candidate도 씁니다. 어느 것을 먼저 검사할지 정해지지 않습니다.`,
        },
        {
          related: [{ at: first, message: { en: "The other one.", ko: "다른 candidate입니다." } }],
        },
      );
    }
  },
});
