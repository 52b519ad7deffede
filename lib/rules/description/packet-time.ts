import { rfc } from "../../rfc.ts";
import { attributeValue } from "../../sdp/line.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** `a=ptime` and `a=maxptime` are above zero, and ptime is not above maxptime. RFC 8866 §6.4, §6.5; RFC 3264 §5.1. */
export const packetTime: Rule<"description"> = defineRule({
  code: "sdp/packet-time",
  subject: "description",
  severity: "error",
  rfc: rfc(3264, "5.1", "MUST"),
  summary: {
    en: "a=ptime and a=maxptime are greater than zero, and ptime is not above maxptime.",
    ko: "a=ptime과 a=maxptime은 0보다 커야 하고, ptime은 maxptime을 넘을 수 없습니다.",
  },
  check({ description, attributes, report }) {
    for (const { section } of description.media) {
      const [ptime] = attributes(section, "ptime");
      const [maxptime] = attributes(section, "maxptime");
      for (const line of [ptime, maxptime]) {
        if (!line || Number(attributeValue(line)) !== 0) continue;
        report(line, {
          en: `"${line.source}" is zero milliseconds; a packet has some length.`,
          ko: `"${line.source}"은(는) 0밀리초입니다. 패킷 길이는 0보다 커야 합니다.`,
        });
      }
      if (!ptime || !maxptime) continue;
      if (Number(attributeValue(ptime)) > Number(attributeValue(maxptime)))
        report(
          ptime,
          {
            en: `ptime ${attributeValue(ptime)} is above maxptime ${attributeValue(maxptime)}.`,
            ko: `ptime ${attributeValue(ptime)}이(가) maxptime ${attributeValue(maxptime)}보다 큽니다.`,
          },
          {
            severity: "warning",
            related: [{ at: maxptime, message: { en: "The limit.", ko: "상한입니다." } }],
          },
        );
    }
  },
});
