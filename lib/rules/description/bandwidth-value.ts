import { rfc } from "../../rfc.ts";
import { sectionsOf } from "../../sdp/sections.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** `b=` is a type and digits; an unknown type is ignored. RFC 8866 §5.8. */
export const bandwidthValue: Rule<"description"> = defineRule({
  code: "sdp/bandwidth-value",
  subject: "description",
  severity: "info",
  rfc: rfc(8866, "5.8"),
  summary: {
    en: "b= names a known bandwidth type; an unknown one is ignored by everybody.",
    ko: "b=에는 알려진 대역폭 종류를 씁니다. 모르는 종류는 모두가 무시합니다.",
  },
  check({ document, lines, report }) {
    for (const section of sectionsOf(document)) {
      for (const line of lines(section, "b")) {
        const colon = line.value.indexOf(":");
        const type = colon < 0 ? line.value : line.value.slice(0, colon);
        if (knownTypes.has(type) || type.startsWith("X-")) continue;
        report(partOf(line, type, 2), {
          en: `"${type}" is no registered bandwidth type (AS, TIAS, CT, RS, RR). The line has no effect.`,
          ko: `"${type}"은(는) 등록된 대역폭 종류(AS, TIAS, CT, RS, RR)가 아닙니다. 이 줄은 효과가 없습니다.`,
        });
      }
    }
  },
});

const knownTypes = new Set(["AS", "TIAS", "CT", "RS", "RR"]);
