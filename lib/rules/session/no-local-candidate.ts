import { rfc } from "../../rfc.ts";
import { iceServersOf } from "../ice-servers.ts";
import { endedEarly, missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { cameUp, closedAt, isApplied } from "../session.ts";
import { ownCandidates } from "../session-candidates.ts";
import { gatheringOf } from "../session-gathering.ts";

/** After its local description a connection gathers candidates. RFC 8445 §5.1.1. */
export const noLocalCandidate: Rule<"session"> = defineRule({
  code: "session/no-local-candidate",
  subject: "session",
  severity: "error",
  rfc: rfc(8445, "5.1.1"),
  summary: {
    en: "A connection with a local description gathers at least one candidate.",
    ko: "로컬 description이 적용된 연결은 candidate를 하나 이상 수집합니다.",
  },
  explainedBy: ["session/relay-without-turn", "session/no-relay-candidate", "session/empty-offer"],
  check({ session, report, skip }) {
    const knowsCandidates = session.connections.some(
      ({ gathered, states }) =>
        gathered.length > 0 || states.some(({ machine }) => machine === "gathering"),
    );
    if (!knowsCandidates) return skip(undefined, missing.gathering);
    for (const connection of session.connections) {
      const local = connection.applied.find((each) => each.side === "local" && isApplied(each));
      if (!local || cameUp(connection) || ownCandidates(connection, session).length > 0) continue;
      const text = local.sdp === undefined ? undefined : session.read(local.sdp).description.media;
      if (text?.every(({ isRejected }) => isRejected)) continue;
      const gathering = gatheringOf(connection);
      const end = Math.min(connection.end, closedAt(connection) ?? connection.end);
      const waited = end - (local.settledAt ?? local.t);
      if (gathering?.complete === undefined && (waited < WAIT_MS || !session.hasClock)) {
        skip(connection, endedEarly(waited));
        continue;
      }
      const isRelayOnly = iceServersOf(connection)?.isRelayOnly === true;
      report(connection, {
        events: gathering ? [local.seq, gathering.seq] : [local.seq],
        t: local.settledAt ?? local.t,
        message: {
          en: `${connection.name} gathered no candidate ${gathering?.complete === undefined ? `in ${(waited / 1000).toFixed(1)} s` : "and gathering is complete"}.${isRelayOnly ? ' Only relays are allowed (iceTransportPolicy: "relay").' : " A policy or an extension that hides all addresses, or a machine without a network, does that."}`,
          ko: `${connection.name}이(가) ${gathering?.complete === undefined ? `${(waited / 1000).toFixed(1)}초 동안` : "수집을 마쳤지만"} candidate를 하나도 수집하지 못했습니다.${isRelayOnly ? ' relay만 허용되어 있습니다(iceTransportPolicy: "relay").' : " 모든 주소를 숨기는 정책이나 확장 프로그램, 또는 네트워크 연결이 없는 경우입니다."}`,
        },
        advice: isRelayOnly
          ? {
              en: 'Make the TURN server work, or leave iceTransportPolicy at "all".',
              ko: 'TURN 서버를 동작하게 하거나 iceTransportPolicy를 "all"로 두십시오.',
            }
          : {
              en: "Check the network of this machine and the browser's WebRTC IP handling policy.",
              ko: "기기의 네트워크와 브라우저의 WebRTC IP 처리 정책을 확인하십시오.",
            },
      });
    }
  },
});

const WAIT_MS = 3000;
