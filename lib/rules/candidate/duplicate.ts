import { parseAddress } from "../../ice/address.ts";
import { rfc } from "../../rfc.ts";
import type { Line } from "../../sdp/document.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A candidate is conveyed once. RFC 8838 §9; equal as RFC 8840 §4.4 has it. */
export const duplicateCandidate: Rule<"candidate"> = defineRule({
  code: "candidate/duplicate",
  subject: "candidate",
  severity: "warning",
  rfc: rfc(8838, "9"),
  summary: {
    en: "A section tells each candidate once: same address, port, transport and component are the same candidate.",
    ko: "섹션마다 candidate는 한 번만 적습니다. 주소, port, transport, component가 같으면 같은 candidate입니다.",
  },
  check({ candidates, report }) {
    const seen = new Map<string, Line>();
    for (const { line, candidate } of candidates) {
      const { address, port, component, transport, tcpType = "" } = candidate;
      const host = parseAddress(address)?.canonical ?? address;
      const key = `${component} ${transport.toLowerCase()} ${host} ${port} ${tcpType}`;
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, line);
        continue;
      }
      report(
        line,
        {
          en: `The section tells ${address}:${port} (${transport}, component ${component}) twice.`,
          ko: `섹션에 ${address}:${port}(${transport}, component ${component})이(가) 두 번 있습니다.`,
        },
        { related: [{ at: first, message: { en: "The first one.", ko: "첫 번째입니다." } }] },
      );
    }
  },
});
