import { rfc } from "../../rfc.ts";
import { endedEarly, missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { cameUp, closedAt, describedAt, remoteDescriptionAt } from "../session.ts";
import { peerCandidates } from "../session-candidates.ts";

/** The other side sends candidates, in its description or after it. RFC 8445 §5.3. */
export const noRemoteCandidate: Rule<"session"> = defineRule({
  code: "session/no-remote-candidate",
  subject: "session",
  severity: "error",
  rfc: rfc(8445, "5.3"),
  summary: {
    en: "A connection gets candidates of the other side, in its description or by addIceCandidate.",
    ko: "연결에는 상대의 candidate가 description이나 addIceCandidate로 전달됩니다.",
  },
  explainedBy: [
    "session/candidate-before-description",
    "session/candidate-without-section",
    "session/candidate-unknown-section",
    "session/candidate-refused",
    "session/relay-without-turn",
    "session/no-relay-candidate",
    "session/no-local-candidate",
    "session/candidate-lost",
    "session/no-trickle",
    "session/section-rejected",
    "session/description-refused",
  ],
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const described = describedAt(connection);
      if (described === undefined || cameUp(connection)) continue;
      if (peerCandidates(connection, session).length > 0) continue;
      const end = Math.min(connection.end, closedAt(connection) ?? connection.end);
      const waited = end - described;
      if (waited < WAIT_MS || !session.hasClock) {
        skip(connection, endedEarly(waited));
        continue;
      }
      const remote = remoteDescriptionAt(connection, end);
      const refused = connection.given.filter(({ init, error }) => init && error).length;
      report(connection, {
        events: remote ? [remote.seq] : [connection.first.seq],
        t: described,
        message: {
          en: `${connection.name} has no candidate of the other side: none in the remote description, ${refused > 0 ? `and addIceCandidate refused all ${refused}` : "and addIceCandidate was never called"}. There is nothing to check.`,
          ko: `${connection.name}에 상대 candidate가 없습니다. 원격 description에도 없고 ${refused > 0 ? `addIceCandidate가 ${refused}개를 모두 거부했습니다` : "addIceCandidate도 호출되지 않았습니다"}. 검사할 candidate 쌍이 없습니다.`,
        },
        advice: {
          en: "Send each candidate of onicecandidate to the other side and give it to addIceCandidate there; or wait for the end of gathering and send pc.localDescription.",
          ko: "onicecandidate의 candidate를 상대에게 보내 addIceCandidate에 넘기거나, 수집이 끝난 뒤 pc.localDescription을 보내십시오.",
        },
      });
    }
  },
});

const WAIT_MS = 1000;
