import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A section has one `a=simulcast`, and no rid stands in both directions or twice. RFC 8853 §5.1, §5.2. */
export const simulcastLine: Rule<"description"> = defineRule({
  code: "sdp/simulcast-line",
  subject: "description",
  severity: "error",
  rfc: rfc(8853, "5.2", "MUST NOT"),
  summary: {
    en: "A section has at most one a=simulcast line, and a rid stands in it once.",
    ko: "한 섹션에는 a=simulcast 줄이 하나까지만 있고, rid는 그 안에 한 번만 나옵니다.",
  },
  check({ description, attributes, report }) {
    for (const { simulcast, section } of description.media) {
      for (const line of attributes(section, "simulcast").slice(1)) {
        report(line, {
          en: "A second a=simulcast line in one section. Chromium refuses the description.",
          ko: "한 섹션에 a=simulcast 줄이 두 개 있습니다. Chromium은 description을 거부합니다.",
        });
      }
      if (!simulcast) continue;
      const seen = new Set<string>();
      for (const { rid } of [...simulcast.send.flat(), ...simulcast.recv.flat()]) {
        if (seen.has(rid))
          report(partOf(simulcast.line, rid, simulcast.line.source.lastIndexOf(rid)), {
            en: `rid "${rid}" stands twice in a=simulcast.`,
            ko: `a=simulcast에 rid "${rid}"이(가) 두 번 나옵니다.`,
          });
        seen.add(rid);
      }
    }
  },
});
