import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** UDP before TCP, of one type: media over TCP stalls on every lost packet. RFC 6544 §4.2. */
export const tcpAboveUdp: Rule<"candidate"> = defineRule({
  code: "candidate/tcp-above-udp",
  subject: "candidate",
  severity: "warning",
  rfc: rfc(6544, "4.2"),
  summary: {
    en: "UDP candidates have a higher priority than TCP candidates of the same type.",
    ko: "같은 type에서는 UDP candidate의 priority가 TCP보다 높아야 합니다.",
  },
  check({ candidates, report }) {
    for (const { line, candidate } of candidates) {
      if (candidate.transport.toLowerCase() !== "tcp") continue;
      const udp = candidates.find(
        (other) =>
          other.candidate.type === candidate.type &&
          other.candidate.component === candidate.component &&
          other.candidate.transport.toLowerCase() === "udp" &&
          other.candidate.priority < candidate.priority,
      );
      if (udp === undefined) continue;
      report(
        line,
        {
          en: `This TCP candidate has a higher priority (${candidate.priority}) than the UDP one (${udp.candidate.priority}): media would go over TCP.`,
          ko: `이 TCP candidate의 priority(${candidate.priority})가 UDP(${udp.candidate.priority})보다 높습니다. 미디어가 TCP로 전송될 수 있습니다.`,
        },
        {
          related: [{ at: udp.line, message: { en: "The UDP one.", ko: "UDP candidate입니다." } }],
        },
      );
    }
  },
});
