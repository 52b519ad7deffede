import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A direction has no meaning for data channels. RFC 8841 §9.2. */
export const dataDirection: Rule<"description"> = defineRule({
  code: "sdp/data-direction",
  subject: "description",
  severity: "info",
  rfc: rfc(8841, "9.2"),
  summary: {
    en: "A direction attribute has no meaning in a data section.",
    ko: "데이터 섹션에서는 방향 속성이 아무 의미가 없습니다.",
  },
  check({ description, attributes, report }) {
    for (const { sctp, section } of description.media) {
      if (!sctp) continue;
      for (const direction of ["sendonly", "recvonly", "inactive"]) {
        const [line] = attributes(section, direction);
        if (line)
          report(line, {
            en: `a=${direction} does not hold back data channels: directions are ignored in a data section.`,
            ko: `a=${direction}는 데이터 채널을 막지 못합니다. 데이터 섹션에서는 방향이 무시됩니다.`,
          });
      }
    }
  },
});
