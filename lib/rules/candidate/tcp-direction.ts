import { decodePriority, tcpDirectionPreference } from "../../ice/priority.ts";
import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/**
 * The local preference of a TCP candidate begins with its direction. RFC 6544 §4.2. libwebrtc and Firefox have formulas of
 * their own without it: a number that fits a known agent's formula is left alone.
 */
export const tcpDirection: Rule<"candidate"> = defineRule({
  code: "candidate/tcp-direction",
  subject: "candidate",
  severity: "info",
  rfc: rfc(6544, "4.2"),
  summary: {
    en: "The local preference of a TCP candidate is 2^13 · direction preference + other preference; the direction is that of its tcptype.",
    ko: "TCP candidate의 local preference는 2^13 · direction preference + other preference이며, 방향은 tcptype과 같아야 합니다.",
  },
  check({ candidates, report }) {
    for (const { line, candidate } of candidates) {
      const { transport } = candidate;
      const tcpType = tcpTypes.find((known) => known === candidate.tcpType);
      const type = types.find((known) => known === candidate.type);
      if (transport.toLowerCase() !== "tcp") continue;
      if (type === undefined || tcpType === undefined) continue;
      const { localPreference, schemes } = decodePriority(candidate.priority, candidate);
      const wanted = tcpDirectionPreference(type, tcpType);
      const found = localPreference >> 13;
      if (found === wanted || schemes.length > 0) continue;
      report(line, {
        en: `The local preference ${localPreference} has direction preference ${found}; for a ${type} candidate with tcptype ${tcpType} it is ${wanted}.`,
        ko: `local preference ${localPreference}의 direction preference는 ${found}입니다. tcptype ${tcpType}인 ${type} candidate의 값은 ${wanted}입니다.`,
      });
    }
  },
});

const tcpTypes = ["active", "passive", "so"] as const;
const types = ["host", "srflx", "prflx", "relay"] as const;
