import { parseAddress } from "../../ice/address.ts";
import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A link-local address is no candidate beside better ones. RFC 8445 §5.1.1.1, §6.1.2.2. */
export const linkLocal: Rule<"candidate"> = defineRule({
  code: "candidate/link-local",
  subject: "candidate",
  severity: "info",
  rfc: rfc(8445, "6.1.2.2"),
  summary: {
    en: "A link-local IPv6 candidate is worth telling only when there is no other.",
    ko: "링크 로컬 IPv6 candidate는 다른 것이 없을 때만 쓸모가 있습니다.",
  },
  check({ candidates, report }) {
    const isLinkLocal = (address: string): boolean =>
      address.includes(":") && parseAddress(address)?.scope === "link-local";
    if (candidates.every(({ candidate }) => isLinkLocal(candidate.address))) return;
    for (const { line, candidate } of candidates) {
      if (!isLinkLocal(candidate.address)) continue;
      report(partOf(line, candidate.address), {
        en: `${candidate.address} reaches only the same link, and only where the peer knows the interface.`,
        ko: `이 주소(${candidate.address})는 같은 링크에서, 그것도 상대가 인터페이스를 알 때만 접근할 수 있습니다.`,
      });
    }
  },
});
