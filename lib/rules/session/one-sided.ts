import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { closedAt, connectedEvent } from "../session.ts";

/** Both ends of a connection come up. RFC 8445 §8. */
export const oneSided: Rule<"session"> = defineRule({
  code: "session/one-sided",
  subject: "session",
  severity: "error",
  rfc: rfc(8445, "8"),
  summary: {
    en: "When one end of a connection is up, the other end is up within five seconds.",
    ko: "연결의 한쪽이 연결되면 다른 쪽도 5초 안에 연결됩니다.",
  },
  explainedBy: [
    "session/dtls-failed",
    "session/dtls-slow",
    "session/ice-failed",
    "session/new-peer",
  ],
  check({ session, report }) {
    for (const connection of session.connections) {
      const other = session.otherEnd(connection);
      const up = connectedEvent(connection);
      if (!other || !up || session.otherEnd(other) !== connection || connectedEvent(other))
        continue;
      if (other.states.length === 0) continue;
      const end = Math.min(
        other.end,
        closedAt(other) ?? other.end,
        closedAt(connection) ?? other.end,
      );
      const waited = end - up.t;
      if (waited < WAIT_MS) continue;
      report(other, {
        events: [up.seq],
        confidence: "likely",
        message: {
          en: `${connection.name} has been connected for ${(waited / 1000).toFixed(1)} s, and ${other.name} is not.`,
          ko: `${connection.name}은(는) ${(waited / 1000).toFixed(1)}초 전에 연결되었지만 ${other.name}은(는) 연결되지 않았습니다.`,
        },
        advice: {
          en: "Look at the DTLS state of both ends, and whether one of them answers packets of an earlier connection.",
          ko: "양쪽의 DTLS 상태를 보고, 한쪽이 이전 연결의 패킷에 답하고 있지 않은지 확인하십시오.",
        },
      });
    }
  },
});

const WAIT_MS = 5000;
