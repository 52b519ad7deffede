import { parseAddress } from "../../ice/address.ts";
import { rfc } from "../../rfc.ts";
import type { MediaCandidate } from "../../sdp/description.ts";
import type { Message } from "../../text.ts";
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
    const seen = new Map<string, MediaCandidate>();
    for (const current of candidates) {
      const { line, candidate } = current;
      const { address, port, component, transport, tcpType = "" } = candidate;
      const host = parseAddress(address)?.canonical ?? address;
      const key = `${component} ${transport.toLowerCase()} ${host} ${port} ${tcpType}`;
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, current);
        continue;
      }
      const related = [{ at: first.line, message: { en: "The first one.", ko: "첫 번째입니다." } }];
      if (first.candidate.type !== candidate.type)
        report(line, redundant(first.candidate.type, candidate.type), {
          severity: "info",
          rfc: rfc(8445, "5.1.3"),
          related,
        });
      else
        report(
          line,
          {
            en: `The section tells ${address}:${port} (${transport}, component ${component}) twice.`,
            ko: `섹션에 같은 candidate가 두 번 있습니다: ${address}:${port}(${transport}, component ${component}).`,
          },
          { related },
        );
    }
  },
});

/** A STUN server that sees the machine's own address gives a candidate that says nothing new. */
function redundant(first: string, second: string): Message {
  return {
    en: `The ${second} candidate has the address of a ${first} one: it is redundant, and agents leave it out.`,
    ko: `이 ${second} candidate의 주소는 ${first} candidate와 같습니다. 중복이므로 보통 생략합니다.`,
  };
}
