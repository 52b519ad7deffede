import { parseAddress } from "../../ice/address.ts";
import { specification } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/**
 * Where a host address hides behind an mDNS name, the reflexive candidate of it tells 0.0.0.0 or :: and port 9 instead of its base.
 * draft-ietf-mmusic-mdns-ice-candidates §3.1.2.2. Browsers write port 0, which says no more.
 */
export const hiddenBase: Rule<"candidate"> = defineRule({
  code: "candidate/hidden-base",
  subject: "candidate",
  severity: "warning",
  rfc: specification(
    "draft-ietf-mmusic-mdns-ice-candidates",
    "3.1.2.2",
    "https://datatracker.ietf.org/doc/html/draft-ietf-mmusic-mdns-ice-candidates#section-3.1.2.2",
  ),
  summary: {
    en: "With mDNS host candidates, a srflx candidate has raddr 0.0.0.0 or :: and rport 9 (browsers write 0).",
    ko: "mDNS host candidate가 있으면 srflx candidate의 raddr는 0.0.0.0 또는 ::, rport는 9여야 합니다(브라우저는 0을 씁니다).",
  },
  check({ candidates, report }) {
    const hosts = candidates
      .filter(({ candidate }) => candidate.type === "host")
      .map(({ candidate }) => parseAddress(candidate.address));
    if (!hosts.some((address) => address?.form === "mdns")) return;
    for (const { line, candidate } of candidates) {
      const { type, relatedAddress, relatedPort } = candidate;
      if (type !== "srflx" || relatedAddress === undefined) continue;
      const related = parseAddress(relatedAddress);
      // A base that is announced openly has nothing to hide.
      if (hosts.some((host) => host !== undefined && host.canonical === related?.canonical))
        continue;
      const place = partOf(line, `raddr ${relatedAddress}`);
      if (related?.scope !== "unspecified")
        report(place, {
          en: `raddr ${relatedAddress} gives away the address that the mDNS name hides; it is 0.0.0.0 or :: with rport 9.`,
          ko: `raddr ${relatedAddress} 때문에 mDNS 이름으로 숨긴 주소가 드러납니다. 0.0.0.0 또는 ::과 rport 9를 써야 합니다.`,
        });
      else if (relatedPort !== 9 && relatedPort !== 0 && relatedPort !== undefined)
        report(
          partOf(line, `rport ${relatedPort}`),
          {
            en: `rport ${relatedPort} is the real port of a hidden address; it is 9.`,
            ko: `rport ${relatedPort}에 숨긴 주소의 실제 port가 드러납니다. 9를 써야 합니다.`,
          },
          { severity: "info" },
        );
    }
  },
});
