import { specification } from "../../rfc.ts";
import { endedEarly, missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { closedAt } from "../session.ts";

/** negotiationneeded is followed by an offer. webrtc-pc §4.7.3. */
export const negotiationMissing: Rule<"session"> = defineRule({
  code: "session/negotiation-missing",
  subject: "session",
  severity: "warning",
  rfc: specification(
    "webrtc-pc",
    "4.7.3",
    "https://www.w3.org/TR/webrtc/#dfn-update-the-negotiation-needed-flag",
  ),
  summary: {
    en: "When a connection says negotiationneeded, an offer follows, of this side or of the other.",
    ko: "negotiationneeded가 발생하면 이쪽이나 상대의 offer가 이어져야 합니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    const last = new Map<string, { seq: number; t: number }>();
    for (const event of session.trace.events) {
      if (event.kind === "negotiation-needed")
        last.set(JSON.stringify([event.peer, event.pc]), event);
    }
    for (const connection of session.connections) {
      const needed = last.get(JSON.stringify([connection.peer, connection.pc]));
      if (!needed) continue;
      const isHandled =
        connection.applied.some(({ call, t }) => (call.settle?.t ?? t) >= needed.t) ||
        connection.made.some(({ t }) => t >= needed.t);
      if (isHandled) continue;
      const waited = Math.min(connection.end, closedAt(connection) ?? connection.end) - needed.t;
      if (waited < WAIT_MS || !session.hasClock) {
        skip(connection, endedEarly(waited));
        continue;
      }
      report(connection, {
        events: [needed.seq],
        confidence: "likely",
        message: {
          en: `${connection.name} needed a negotiation, and within ${(waited / 1000).toFixed(1)} s nobody offered: what was added is not in use.`,
          ko: `${connection.name}에 negotiationneeded가 발생했지만 ${(waited / 1000).toFixed(1)}초 동안 offer가 없었습니다. 추가한 것이 쓰이지 않습니다.`,
        },
        advice: {
          en: "Handle negotiationneeded: setLocalDescription(), then send localDescription.",
          ko: "negotiationneeded를 처리하십시오. setLocalDescription()을 호출하고 localDescription을 보내십시오.",
        },
      });
    }
  },
});

const WAIT_MS = 5000;
