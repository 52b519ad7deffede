import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** `b=TIAS` counts bits per second and stands with `a=maxprate`. RFC 3890 §6.2, §6.3. */
export const bandwidthTias: Rule<"description"> = defineRule({
  code: "sdp/bandwidth-tias",
  subject: "description",
  severity: "info",
  rfc: rfc(3890, "6.2"),
  summary: {
    en: "b=TIAS is in bits per second, b=AS in kilobits per second.",
    ko: "b=TIAS의 단위는 bit/s, b=AS의 단위는 kbit/s입니다.",
  },
  check({ description, report }) {
    for (const { bandwidths } of description.media) {
      const tias = bandwidths.find(({ type }) => type === "TIAS");
      const as = bandwidths.find(({ type }) => type === "AS");
      if (tias && tias.value > 0 && tias.value < 5000)
        report(tias.line, {
          en: `b=TIAS:${tias.value} allows ${tias.value} bits per second, too few for any codec; TIAS is not in kilobits.`,
          ko: `b=TIAS:${tias.value}은(는) 초당 ${tias.value}비트로 어떤 코덱에도 모자랍니다. TIAS의 단위는 kbit가 아닙니다.`,
        });
      else if (tias && as && as.value > 0 && tias.value > as.value * 1000)
        report(
          tias.line,
          {
            en: `b=TIAS:${tias.value} allows more than b=AS:${as.value} (${as.value} kbit/s, headers included).`,
            ko: `b=TIAS:${tias.value}이(가) 헤더를 포함한 b=AS:${as.value}(${as.value}kbit/s)보다 많습니다.`,
          },
          {
            related: [{ at: as.line, message: { en: "The other limit.", ko: "다른 상한입니다." } }],
          },
        );
    }
  },
});
