import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { closedAt, connectedEvent, iceConnectedEvent, statesOf } from "../session.ts";

/** DTLS follows ICE at once. RFC 8842 §5.1. */
export const dtlsSlow: Rule<"session"> = defineRule({
  code: "session/dtls-slow",
  subject: "session",
  severity: "error",
  rfc: rfc(8842, "5.1"),
  summary: {
    en: "DTLS comes up within ten seconds of ICE.",
    ko: "DTLS는 ICE가 연결되고 10초 안에 완료됩니다.",
  },
  explainedBy: ["session/description-changed", "answer/setup-role"],
  check({ session, report }) {
    for (const connection of session.connections) {
      const ice = iceConnectedEvent(connection);
      if (!ice) continue;
      const progress = connection.states.filter(
        ({ machine }) => machine === "dtls" || machine === "connection",
      );
      // A source that knows neither cannot tell.
      if (progress.length === 0) continue;
      const done = progress.find(
        ({ to, seq }) => to === "connected" || (to === "failed" && seq > ice.seq),
      );
      const end = Math.min(connection.end, closedAt(connection) ?? connection.end);
      const elapsed = (done?.t ?? end) - ice.t;
      if (elapsed < SLOW_MS || (!done && connectedEvent(connection))) continue;
      if (done?.to === "failed") continue;
      const lost = statesOf(connection, "ice").some(
        ({ to, seq }) => seq > ice.seq && (to === "failed" || to === "disconnected"),
      );
      if (!done && lost) continue;
      report(connection, {
        events: done ? [ice.seq, done.seq] : [ice.seq],
        severity: done ? "warning" : "error",
        message: {
          en: `ICE of ${connection.name} was connected, but DTLS ${done ? `took ${(elapsed / 1000).toFixed(1)} s` : `had not come up ${(elapsed / 1000).toFixed(1)} s later`}: handshake packets are lost, most often because a big certificate does not pass the path's MTU, or both sides wait for the other to begin.`,
          ko: `${connection.name}의 ICE는 연결되었지만 DTLS가 ${done ? `${(elapsed / 1000).toFixed(1)}초 걸렸습니다` : `${(elapsed / 1000).toFixed(1)}초가 지나도 완료되지 않았습니다`}. 핸드셰이크 패킷이 사라지고 있습니다. 큰 인증서가 경로의 MTU를 넘거나 양쪽이 서로 시작을 기다리는 경우가 많습니다.`,
        },
        advice: {
          en: "Use ECDSA certificates (browsers do), check the MTU of tunnels, and that one side says setup:active and the other passive.",
          ko: "ECDSA 인증서를 사용하고(브라우저의 기본값), 터널의 MTU를 확인하고, 한쪽은 setup:active, 다른 쪽은 passive인지 확인하십시오.",
        },
      });
    }
  },
});

const SLOW_MS = 10_000;
