import { candidateEvidence } from "../../ice/evidence.ts";
import { formPairs } from "../../ice/pair.ts";
import { predictConnection } from "../../ice/predict.ts";
import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { StateEvent } from "../../trace/event.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { Connection, Session } from "../session.ts";
import { iceConnectedEvent, statesOf } from "../session.ts";
import { ownCandidates, peerCandidates } from "../session-candidates.ts";
import { checkCounts } from "../session-stats.ts";

/** ICE finds a pair that works. RFC 8445 §8.1.2. */
export const iceFailed: Rule<"session"> = defineRule({
  code: "session/ice-failed",
  subject: "session",
  severity: "error",
  rfc: rfc(8445, "8.1.2"),
  summary: {
    en: "ICE finds a pair of candidates over which packets pass both ways.",
    ko: "ICE는 패킷이 양방향으로 오가는 candidate 쌍을 찾습니다.",
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
    "session/no-remote-candidate",
    "session/description-changed",
    "session/new-peer",
    "session/unreachable-address",
  ],
  check({ session, report, skip }) {
    for (const connection of session.connections) {
      if (connection.states.length === 0) {
        if (connection.applied.length > 0) skip(connection, missing.states);
        continue;
      }
      const failed = failedEvent(connection);
      // What failed after it had worked is another story.
      const connected = iceConnectedEvent(connection);
      if (!failed || (connected && connected.seq < failed.seq)) continue;
      const reason = reasonOf(connection, session);
      report(connection, {
        events: [...reason.events, failed.seq],
        t: failed.t,
        message: {
          en: `ICE of ${connection.name} failed. ${reason.message.en}`,
          ko: `${connection.name}의 ICE가 실패했습니다. ${reason.message.ko}`,
        },
        advice: reason.advice,
      });
    }
  },
});

function failedEvent(connection: Connection): StateEvent | undefined {
  return (
    statesOf(connection, "ice").find(({ to }) => to === "failed") ??
    statesOf(connection, "connection").find(({ to }) => to === "failed")
  );
}

interface Reason {
  readonly message: Message;
  readonly advice: Message;
  readonly events: readonly number[];
}

/** Follows what is there and what is missing, from the candidates to the answers. */
function reasonOf(connection: Connection, session: Session): Reason {
  const own = ownCandidates(connection, session);
  const theirs = peerCandidates(connection, session);
  const count: Message = {
    en: `Candidates: ${own.length} of its own, ${theirs.length} of the other side.`,
    ko: `자신의 candidate ${own.length}개와 상대 candidate ${theirs.length}개가 있었습니다.`,
  };
  if (own.length === 0 || theirs.length === 0) {
    return {
      events: [],
      message: count,
      advice: {
        en: "Find out why one side has no candidates: gathering on that side, or sending and addIceCandidate on the way.",
        ko: "한쪽에 candidate가 없는 까닭을 찾으십시오. 그쪽의 수집이나, 전달과 addIceCandidate를 확인하십시오.",
      },
    };
  }
  const { pairs, impossible } = formPairs(own, theirs, "controlling");
  if (pairs.length === 0) {
    const why = impossible[0]?.reason.message ?? count;
    return {
      events: [],
      message: {
        en: `${count.en} None of them can be paired: ${why.en}`,
        ko: `${count.ko} 쌍을 이룰 수 있는 것이 없습니다. ${why.ko}`,
      },
      advice: {
        en: "Let both sides gather the same family and transport: IPv4 and IPv6, UDP as well as TCP, or add a TURN server.",
        ko: "양쪽이 같은 주소 체계와 transport를 수집하게 하십시오(IPv4와 IPv6, UDP와 TCP). 또는 TURN 서버를 추가하십시오.",
      },
    };
  }
  const checks = checkCounts(connection);
  if (checks) return fromChecks(checks, count);
  const symmetric = candidateEvidence(own).find(({ name }) => name === "symmetric-nat");
  const { summary } = predictConnection({ candidates: own }, { candidates: theirs });
  return {
    events: [],
    message: {
      en: `${count.en} ${symmetric ? `${symmetric.message.en} ` : ""}${summary.en}`,
      ko: `${count.ko} ${symmetric ? `${symmetric.message.ko} ` : ""}${summary.ko}`,
    },
    advice: {
      en: "Add a TURN server on both sides, over UDP and over TLS on port 443; record getStats to see which checks were sent and answered.",
      ko: "양쪽에 UDP와 443 port의 TLS를 쓰는 TURN 서버를 추가하고, 어떤 검사가 보내지고 응답받았는지 보려면 getStats를 기록하십시오.",
    },
  };
}

function fromChecks(checks: NonNullable<ReturnType<typeof checkCounts>>, count: Message): Reason {
  const { sent, answered, received, seq } = checks;
  const told = (message: Message, advice: Message): Reason => ({
    events: [seq],
    message: { en: `${count.en} ${message.en}`, ko: `${count.ko} ${message.ko}` },
    advice,
  });
  if (sent === 0) {
    return told(
      {
        en: "It sent no check at all: something on this machine keeps it from sending.",
        ko: "검사를 한 번도 보내지 않았습니다. 이 기기에서 전송을 막는 것이 있습니다.",
      },
      {
        en: "Look for a local firewall, a VPN or a policy that blocks UDP.",
        ko: "UDP를 막는 로컬 방화벽, VPN, 정책이 있는지 확인하십시오.",
      },
    );
  }
  if (received === 0 && answered === 0) {
    return told(
      {
        en: `It sent ${sent} checks; none was answered and none came from the other side: the path is blocked both ways.`,
        ko: `검사를 ${sent}번 보냈지만 응답도 없고 상대의 검사도 오지 않았습니다. 경로가 양방향으로 막혀 있습니다.`,
      },
      {
        en: "Add a TURN server that both sides reach, over TLS on port 443 where UDP is blocked.",
        ko: "양쪽이 닿을 수 있는 TURN 서버를 추가하십시오. UDP가 막혀 있다면 443 port의 TLS를 쓰십시오.",
      },
    );
  }
  if (answered === 0) {
    return told(
      {
        en: `${received} checks of the other side came, but none of the ${sent} it sent was answered: packets pass in one direction only.`,
        ko: `상대의 검사는 ${received}번 왔지만 보낸 ${sent}번에는 응답이 없습니다. 패킷이 한 방향으로만 갑니다.`,
      },
      {
        en: "Look for a one-way firewall on the other side, and check that both have the ICE credentials of the present descriptions.",
        ko: "상대 쪽에 한 방향만 허용하는 방화벽이 있는지, 양쪽이 현재 description의 ICE 자격 증명을 쓰는지 확인하십시오.",
      },
    );
  }
  return told(
    {
      en: `${answered} of ${sent} checks were answered, and yet no pair was nominated.`,
      ko: `검사 ${sent}번 중 ${answered}번 응답을 받았지만 선택된 쌍이 없습니다.`,
    },
    {
      en: "Look at the other side: the controlling agent has to nominate a pair.",
      ko: "상대 쪽을 확인하십시오. controlling 쪽에서 쌍을 선택해야 합니다.",
    },
  );
}
