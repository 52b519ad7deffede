import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { closedAt, statesOf } from "../session.ts";

/** Checking comes to an end. RFC 8445 §14. */
export const iceSlow: Rule<"session"> = defineRule({
  code: "session/ice-slow",
  subject: "session",
  severity: "warning",
  rfc: rfc(8445, "14"),
  summary: {
    en: "ICE has a result within ten seconds of checking.",
    ko: "ICE는 검사를 시작하고 10초 안에 결과를 냅니다.",
  },
  explainedBy: [
    "session/ice-failed",
    "session/candidate-lost",
    "session/no-remote-candidate",
    "session/no-relay-candidate",
  ],
  check({ session, report }) {
    for (const connection of session.connections) {
      const states = statesOf(connection, "ice");
      const at = states.findIndex(({ to }) => to === "checking");
      const checking = states[at];
      if (!checking) continue;
      const next = states.slice(at + 1).find(({ to }) => to !== "checking");
      const end = next?.t ?? Math.min(connection.end, closedAt(connection) ?? connection.end);
      const elapsed = end - checking.t;
      if (elapsed < SLOW_MS) continue;
      report(connection, {
        events: next ? [checking.seq, next.seq] : [checking.seq],
        message: {
          en: `ICE of ${connection.name} was checking for ${(elapsed / 1000).toFixed(1)} s${next ? `, then ${next.to}` : " and had no result"}: most pairs do not answer.`,
          ko: `${connection.name}의 ICE가 ${(elapsed / 1000).toFixed(1)}초 동안 검사했습니다${next ? `(이후 ${next.to})` : "(결과 없음)"}. 대부분의 쌍이 응답하지 않습니다.`,
        },
        advice: {
          en: "Look at the pairs: gather fewer useless addresses (VPN, docker), send candidates without delay, and have a TURN server.",
          ko: "쌍을 살펴보십시오. 쓸모없는 주소(VPN, docker)를 줄이고, candidate를 지체 없이 보내고, TURN 서버를 두십시오.",
        },
      });
    }
  },
});

const SLOW_MS = 10_000;
