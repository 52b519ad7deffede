import { rfc } from "../../rfc.ts";
import { iceServersOf } from "../ice-servers.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { cameUp, statesOf } from "../session.ts";

/** A TURN server is there for networks in which nothing else works. RFC 8835 §3.4. */
export const noTurnServer: Rule<"session"> = defineRule({
  code: "session/no-turn-server",
  subject: "session",
  severity: "warning",
  rfc: rfc(8835, "3.4"),
  summary: {
    en: "Where ICE fails, a TURN server was configured: some networks let nothing else through.",
    ko: "TURN 서버를 설정해야 합니다. 다른 방법이 통하지 않는 네트워크가 있습니다.",
  },
  check({ session, report, skip }) {
    for (const connection of session.connections) {
      const failed = statesOf(connection, "ice").find(({ to }) => to === "failed");
      if (!failed || cameUp(connection)) continue;
      const servers = iceServersOf(connection);
      if (!servers) {
        skip(connection, missing.configuration);
        continue;
      }
      if (servers.turn.length > 0) continue;
      report(connection, {
        events: [servers.seq, failed.seq],
        t: failed.t,
        confidence: "possible",
        message: {
          en: `ICE of ${connection.name} failed, and no TURN server is configured: behind symmetric NATs and strict firewalls there is no other way.`,
          ko: `${connection.name}의 ICE가 실패했고 TURN 서버가 설정되지 않았습니다. 대칭형 NAT나 엄격한 방화벽 뒤에서는 TURN 말고 방법이 없습니다.`,
        },
        advice: {
          en: "Configure a TURN server on both sides, over UDP and over TLS on port 443.",
          ko: "양쪽에 UDP와 443 port의 TLS를 쓰는 TURN 서버를 설정하십시오.",
        },
      });
    }
  },
});
