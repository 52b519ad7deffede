import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A group of an answer was offered, with at least its mids. RFC 5888 §9.2, RFC 9143 §7.3.2, §7.4. */
export const answerGroup: Rule<"answer"> = defineRule({
  code: "answer/group",
  subject: "answer",
  severity: "error",
  rfc: rfc(9143, "7.3", "MUST NOT"),
  summary: {
    en: "Every group of an answer is part of one offered group: an answer may leave mids out, but adds none.",
    ko: "answer의 그룹은 모두 offer에 있던 그룹의 일부여야 합니다. mid를 뺄 수는 있지만 더할 수는 없습니다.",
  },
  check({ offer, answer, report }) {
    for (const { line, semantics, mids } of answer.description.groups) {
      const [first] = mids;
      const offered = offer.description.groups.filter((group) => group.semantics === semantics);
      const home = offered.find((group) => first !== undefined && group.mids.includes(first));
      const related = offered.map((group) => ({
        at: group.line,
        in: "offer" as const,
        message: { en: "The offered group.", ko: "offer의 그룹입니다." },
      }));
      if (first === undefined) continue;
      if (!home) {
        report(
          line,
          {
            en: `The answer has a ${semantics} group with mid ${first}, which no offered ${semantics} group contains.`,
            ko: `answer의 ${semantics} 그룹에 mid ${first}이(가) 있지만, 이를 포함한 offer의 ${semantics} 그룹이 없습니다.`,
          },
          { related },
        );
        continue;
      }
      const foreign = mids.find((mid) => !home.mids.includes(mid));
      if (foreign === undefined) continue;
      report(
        partOf(line, foreign, line.source.indexOf(semantics) + semantics.length),
        {
          en: `mid ${foreign} is in a ${semantics} group of the answer, but was not in the offered one (${home.mids.join(" ")}).`,
          ko: `mid ${foreign}이(가) answer의 ${semantics} 그룹에 있지만 offer의 그룹(${home.mids.join(" ")})에는 없었습니다.`,
        },
        { related },
      );
    }
  },
});
