import { rfc } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { isApplied } from "../session.ts";

/** A description is applied once. RFC 9429 §4.1.12. */
export const descriptionRepeated: Rule<"session"> = defineRule({
  code: "session/description-repeated",
  subject: "session",
  severity: "warning",
  rfc: rfc(9429, "4.1.12"),
  summary: {
    en: "A message with a description is handled once.",
    ko: "description이 담긴 메시지는 한 번만 처리합니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const seen = new Map<string, number>();
      const repeated: number[] = [];
      for (const each of connection.applied) {
        if (each.side !== "remote" || each.type !== "offer" || !isApplied(each) || !each.sdp)
          continue;
        const first = seen.get(each.sdp);
        if (first === undefined) seen.set(each.sdp, each.seq);
        else repeated.push(first, each.seq);
      }
      if (repeated.length === 0) continue;
      report(connection, {
        events: [...new Set(repeated)].sort((a, b) => a - b),
        message: {
          en: `${connection.name} applied the same offer more than once: the message was delivered or handled twice, and is answered twice.`,
          ko: `${connection.name}이(가) 같은 offer를 두 번 이상 적용했습니다. 메시지가 두 번 전달되었거나 처리되어 answer도 두 번 나갑니다.`,
        },
        advice: {
          en: "Number the messages and leave out those that were handled; register the message handler only once.",
          ko: "메시지에 번호를 붙여 이미 처리한 것은 무시하고, 메시지 핸들러를 한 번만 등록하십시오.",
        },
      });
    }
  },
});
