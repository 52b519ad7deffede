import { rfc } from "../../rfc.ts";
import type { Group } from "../../sdp/description.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A section does not move from one bundle to another in one step. RFC 9143 §7.5.2. */
export const reofferGroupMembership: Rule<"reoffer"> = defineRule({
  code: "reoffer/group-membership",
  subject: "reoffer",
  severity: "error",
  rfc: rfc(9143, "7.5.2", "MUST NOT"),
  summary: {
    en: "A section does not move from one BUNDLE group to another in one offer: first it leaves, then it joins.",
    ko: "섹션은 한 번의 offer로 다른 BUNDLE 그룹으로 옮길 수 없습니다. 먼저 나온 뒤에 들어가야 합니다.",
  },
  check({ previous, next, report }) {
    const before = previous.description.groups.filter(({ semantics }) => semantics === "BUNDLE");
    const homes = new Map<Group, Group>();
    for (const group of next.description.groups) {
      if (group.semantics !== "BUNDLE") continue;
      for (const mid of group.mids) {
        const home = before.find(({ mids }) => mids.includes(mid));
        if (!home) continue;
        const known = homes.get(group);
        if (!known) homes.set(group, home);
        else if (known !== home) {
          report(
            partOf(group.line, mid, group.line.source.indexOf("BUNDLE") + 6),
            {
              en: `mid ${mid} was in the BUNDLE group ${home.mids.join(" ")} and is now in that of ${known.mids.join(" ")}.`,
              ko: `mid ${mid}은(는) BUNDLE 그룹 ${home.mids.join(" ")}에 있었는데 이제 ${known.mids.join(" ")} 그룹에 있습니다.`,
            },
            {
              related: [
                {
                  at: home.line,
                  in: "previous",
                  message: { en: "The group before.", ko: "이전 그룹입니다." },
                },
              ],
            },
          );
        }
      }
    }
  },
});
