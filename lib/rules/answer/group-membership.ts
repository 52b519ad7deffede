import { rfc } from "../../rfc.ts";
import type { Group } from "../../sdp/description.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A section does not change its group in an answer. RFC 9143 §7.3.2. */
export const groupMembership: Rule<"answer"> = defineRule({
  code: "answer/group-membership",
  subject: "answer",
  severity: "error",
  rfc: rfc(9143, "7.3.2", "MUST NOT"),
  summary: {
    en: "An answer does not merge offered BUNDLE groups and does not split one.",
    ko: "answer에서 offer의 BUNDLE 그룹을 합치거나 나눌 수 없습니다.",
  },
  check({ offer, answer, report }) {
    const homes = new Map<Group, Group>();
    const offered = offer.description.groups.filter(({ semantics }) => semantics === "BUNDLE");
    for (const group of answer.description.groups) {
      const [first] = group.mids;
      const home = offered.find(({ mids }) => first !== undefined && mids.includes(first));
      if (group.semantics !== "BUNDLE" || !home) continue;
      const other = homes.get(home);
      if (other)
        report(
          group.line,
          {
            en: `The answer splits the offered BUNDLE group (${home.mids.join(" ")}) into two.`,
            ko: `answer가 offer의 BUNDLE 그룹(${home.mids.join(" ")})을 둘로 나눕니다.`,
          },
          {
            related: [
              { at: other.line, message: { en: "The first part.", ko: "첫 번째 부분입니다." } },
              {
                at: home.line,
                in: "offer",
                message: { en: "The offered group.", ko: "offer의 그룹입니다." },
              },
            ],
          },
        );
      else homes.set(home, group);
    }
  },
});
