import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { gatheringOf } from "../session-gathering.ts";

/** Gathering ends soon. RFC 8445 §5.1.1.2. */
export const slowGathering: Rule<"session"> = defineRule({
  code: "session/slow-gathering",
  subject: "session",
  severity: "warning",
  rfc: rfc(8445, "5.1.1.2"),
  summary: {
    en: "Gathering is complete within ten seconds; a server that does not answer holds it up.",
    ko: "수집은 10초 안에 끝납니다. 응답하지 않는 서버가 있으면 늦어집니다.",
  },
  explainedBy: ["session/no-relay-candidate", "session/no-reflexive-candidate"],
  check({ session, report }) {
    for (const connection of session.connections) {
      const gathering = gatheringOf(connection);
      if (!gathering || gathering.elapsed < SLOW_MS) continue;
      const seconds = (gathering.elapsed / 1000).toFixed(1);
      const isOver = gathering.complete !== undefined;
      report(connection, {
        events: [gathering.seq, ...gathering.errors.slice(0, 20).map(({ seq }) => seq)],
        t: gathering.begin,
        message: {
          en: `Gathering of ${connection.name} ${isOver ? `took ${seconds} s` : `was not complete after ${seconds} s`}: a STUN or TURN server does not answer. Whoever waits for complete waits as long.`,
          ko: `${connection.name}의 수집이 ${isOver ? `${seconds}초 걸렸습니다` : `${seconds}초가 지나도 끝나지 않았습니다`}. 응답하지 않는 STUN이나 TURN 서버가 있습니다. complete를 기다리면 그만큼 늦어집니다.`,
        },
        advice: {
          en: "Trickle candidates instead of waiting, and configure few servers that answer: one STUN and one or two TURN.",
          ko: "기다리지 말고 candidate를 바로 보내고(trickle), 응답하는 서버만 적게 설정하십시오. STUN 하나와 TURN 한두 개면 됩니다.",
        },
      });
    }
  },
});

const SLOW_MS = 10_000;
