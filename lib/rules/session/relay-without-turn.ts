import { specification } from "../../rfc.ts";
import { iceServersOf } from "../ice-servers.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A relay policy needs a TURN server. webrtc-pc §4.2.3. */
export const relayWithoutTurn: Rule<"session"> = defineRule({
  code: "session/relay-without-turn",
  subject: "session",
  severity: "error",
  rfc: specification(
    "webrtc-pc",
    "4.2.3",
    "https://www.w3.org/TR/webrtc/#dom-rtcicetransportpolicy-relay",
  ),
  summary: {
    en: 'iceTransportPolicy "relay" comes with a TURN server.',
    ko: 'iceTransportPolicy가 "relay"이면 TURN 서버가 있어야 합니다.',
  },
  check({ session, report, skip }) {
    for (const connection of session.connections) {
      const servers = iceServersOf(connection);
      if (!servers) {
        skip(connection, missing.configuration);
        continue;
      }
      if (!servers.isRelayOnly || servers.turn.length > 0) continue;
      report(connection, {
        events: [servers.seq],
        message: {
          en: `${connection.name} may use relays only (iceTransportPolicy: "relay"), and no TURN server is configured: it can gather no candidate.`,
          ko: `${connection.name}은(는) relay만 쓸 수 있는데(iceTransportPolicy: "relay") TURN 서버가 설정되지 않아 candidate를 하나도 수집할 수 없습니다.`,
        },
        advice: {
          en: 'Configure a TURN server in iceServers, or leave iceTransportPolicy at "all".',
          ko: 'iceServers에 TURN 서버를 설정하거나 iceTransportPolicy를 "all"로 두십시오.',
        },
      });
    }
  },
});
