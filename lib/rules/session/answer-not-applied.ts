import { rfc } from "../../rfc.ts";
import { endedEarly, missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { closedAt } from "../session.ts";

/** What createAnswer gives is applied by setLocalDescription. RFC 9429 §4.1.9. */
export const answerNotApplied: Rule<"session"> = defineRule({
  code: "session/answer-not-applied",
  subject: "session",
  severity: "error",
  rfc: rfc(9429, "4.1.9"),
  summary: {
    en: "An answer that was created is applied by setLocalDescription.",
    ko: "만든 answer는 setLocalDescription으로 적용합니다.",
  },
  explainedBy: ["session/description-refused", "session/wrong-state"],
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const made = connection.made.filter(({ type }) => type === "answer").at(-1);
      if (!made) continue;
      const isApplied = connection.applied.some(({ side, t }) => side === "local" && t >= made.t);
      const isReplaced = connection.applied.some(({ side, t }) => side === "remote" && t > made.t);
      if (isApplied || isReplaced) continue;
      const waited = Math.min(connection.end, closedAt(connection) ?? connection.end) - made.t;
      if (waited < WAIT_MS || !session.hasClock) {
        skip(connection, endedEarly(waited));
        continue;
      }
      report(connection, {
        events: [made.seq],
        message: {
          en: `${connection.name} created an answer and never called setLocalDescription: the connection stays in have-remote-offer, and neither ICE nor DTLS starts.`,
          ko: `${connection.name}이(가) answer를 만들었지만 setLocalDescription을 호출하지 않았습니다. 연결은 have-remote-offer에 머물고 ICE도 DTLS도 시작되지 않습니다.`,
        },
        advice: {
          en: "Call setLocalDescription() before the answer is sent, and send pc.localDescription.",
          ko: "answer를 보내기 전에 setLocalDescription()을 호출하고 pc.localDescription을 보내십시오.",
        },
      });
    }
  },
});

/** An application may think between the two calls. Milliseconds. */
const WAIT_MS = 1000;
