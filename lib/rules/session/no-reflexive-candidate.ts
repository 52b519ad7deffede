import { parseAddress } from "../../ice/address.ts";
import { rfc } from "../../rfc.ts";
import { iceServersOf } from "../ice-servers.ts";
import { endedEarly } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { cameUp } from "../session.ts";
import { ownCandidates } from "../session-candidates.ts";
import { gatheringOf } from "../session-gathering.ts";

/** A STUN server shows the address outside of a NAT. RFC 8445 §5.1.1.2. */
export const noReflexiveCandidate: Rule<"session"> = defineRule({
  code: "session/no-reflexive-candidate",
  subject: "session",
  severity: "warning",
  rfc: rfc(8445, "5.1.1.2"),
  summary: {
    en: "With a STUN server configured, a machine in a private network gets a server-reflexive candidate.",
    ko: "STUN 서버가 설정되어 있으면 사설망의 기기는 srflx candidate를 얻습니다.",
  },
  check({ session, report, skip }) {
    for (const connection of session.connections) {
      const servers = iceServersOf(connection);
      if (!servers || servers.stun.length === 0 || servers.isRelayOnly || cameUp(connection))
        continue;
      const own = ownCandidates(connection, session);
      const hosts = own.filter(({ type }) => type === "host");
      const isInside = hosts.every(({ address }) => parseAddress(address)?.scope !== "public");
      if (hosts.length === 0 || !isInside || own.some(({ type }) => type === "srflx")) continue;
      const gathering = gatheringOf(connection);
      if (!gathering) continue;
      if (gathering.complete === undefined && gathering.elapsed < WAIT_MS) {
        skip(connection, endedEarly(gathering.elapsed));
        continue;
      }
      report(connection, {
        events: [
          servers.seq,
          gathering.seq,
          ...gathering.errors.slice(0, 20).map(({ seq }) => seq),
        ],
        t: gathering.begin,
        confidence: "likely",
        message: {
          en: `${connection.name} has only addresses of its own network: ${servers.stun.slice(0, 3).join(", ")} did not answer.`,
          ko: `${connection.name}에는 내부망 주소만 있습니다. ${servers.stun.slice(0, 3).join(", ")}이(가) 응답하지 않았습니다.`,
        },
        advice: {
          en: "Check that UDP to the STUN server passes the firewall; where it does not, only TURN over TCP or TLS helps.",
          ko: "STUN 서버로 가는 UDP가 방화벽을 통과하는지 확인하십시오. 막혀 있다면 TCP나 TLS를 쓰는 TURN이 필요합니다.",
        },
      });
    }
  },
});

const WAIT_MS = 5000;
