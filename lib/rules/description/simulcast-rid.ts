import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Every rid that `a=simulcast` names has its `a=rid` line, in the same direction. RFC 8853 §5.2, RFC 9429 §5.8.3. */
export const simulcastRid: Rule<"description"> = defineRule({
  code: "sdp/simulcast-rid",
  subject: "description",
  severity: "error",
  rfc: rfc(8853, "5.2", "MUST"),
  summary: {
    en: "Every rid named in a=simulcast has an a=rid line of the same direction in its section.",
    ko: "a=simulcast에 나오는 rid마다 같은 섹션에 방향이 같은 a=rid 줄이 있어야 합니다.",
  },
  check({ description, report }) {
    for (const { simulcast, rids } of description.media) {
      if (!simulcast) continue;
      for (const direction of ["send", "recv"] as const) {
        for (const { rid } of simulcast[direction].flat()) {
          const found = rids.find(({ id }) => id === rid);
          if (found?.direction === direction) continue;
          report(
            partOf(simulcast.line, rid, simulcast.line.source.indexOf(direction) + 4),
            found
              ? {
                  en: `a=simulcast has rid "${rid}" in its ${direction} list, but its a=rid line says ${found.direction}.`,
                  ko: `a=simulcast의 ${direction} 목록에 rid "${rid}"가 있는데 a=rid 줄에는 ${found.direction}로 적혀 있습니다.`,
                }
              : {
                  en: `a=simulcast names rid "${rid}", but there is no a=rid:${rid} line. Chromium drops the stream, Firefox refuses the description.`,
                  ko: `a=simulcast에 rid "${rid}"가 있지만 a=rid:${rid} 줄이 없습니다. Chromium은 이 스트림을 버리고 Firefox는 description을 거부합니다.`,
                },
            found
              ? {
                  related: [
                    {
                      at: found.line,
                      message: { en: "Its a=rid line.", ko: "해당 a=rid 줄입니다." },
                    },
                  ],
                }
              : {},
          );
        }
      }
    }
  },
});
