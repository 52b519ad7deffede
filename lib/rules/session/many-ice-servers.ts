import { rfc } from "../../rfc.ts";
import { iceServersOf } from "../ice-servers.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Few ICE servers are enough. RFC 8445 §5.1.1.2. */
export const manyIceServers: Rule<"session"> = defineRule({
  code: "session/many-ice-servers",
  subject: "session",
  severity: "info",
  rfc: rfc(8445, "5.1.1.2"),
  summary: {
    en: "Fewer than five STUN and TURN URLs are configured: each one is asked from every interface.",
    ko: "STUN과 TURN URL은 다섯 개 미만으로 설정합니다. 모든 인터페이스에서 각각 요청합니다.",
  },
  check({ session, report }) {
    for (const connection of session.connections) {
      const servers = iceServersOf(connection);
      const count = (servers?.stun.length ?? 0) + (servers?.turn.length ?? 0);
      if (!servers || count < MANY) continue;
      report(connection, {
        events: [servers.seq],
        message: {
          en: `${connection.name} has ${count} STUN and TURN URLs: gathering gets slow, and Firefox warns from five on.`,
          ko: `${connection.name}에 STUN과 TURN URL이 ${count}개 있습니다. 수집이 느려지고, Firefox는 다섯 개부터 경고합니다.`,
        },
        advice: {
          en: "Keep one STUN server and one or two TURN servers.",
          ko: "STUN 서버 하나와 TURN 서버 한두 개만 두십시오.",
        },
      });
    }
  },
});

const MANY = 5;
