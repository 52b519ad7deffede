import { specification } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { connectedEvent } from "../session.ts";
import { numberOf, streamsOf } from "../session-stats.ts";

/** A sender with a source sends. webrtc-stats, outbound-rtp. */
export const nothingSent: Rule<"session"> = defineRule({
  code: "session/nothing-sent",
  subject: "session",
  severity: "warning",
  rfc: specification(
    "webrtc-stats",
    "",
    "https://www.w3.org/TR/webrtc-stats/#outboundrtpstats-dict*",
  ),
  summary: {
    en: "A stream that has a source sends packets once the connection is up.",
    ko: "소스가 있는 스트림은 연결된 뒤 패킷을 보냅니다.",
  },
  *check({ session, report, skip }) {
    if (session.connections.every(({ stats }) => stats.length === 0))
      return skip(undefined, missing.stats);
    for (const connection of session.connections) {
      const up = connectedEvent(connection);
      if (!up) continue;
      for (const { kind, samples } of yield* streamsOf(connection, "outbound-rtp")) {
        const first = samples.find(({ t }) => t >= up.t);
        const last = samples.at(-1);
        // Without a source there is nothing to send; an inactive encoding sends nothing on purpose.
        if (!first || !last || last.entry["active"] === false || !last.entry["mediaSourceId"])
          continue;
        if (last.t - first.t < WAIT_MS || numberOf(last.entry["bytesSent"]) > 0) continue;
        report(connection, {
          events: [first.seq, last.seq],
          confidence: "likely",
          message: {
            en: `${connection.name} is connected and has a source of ${kind}, but sent nothing in ${((last.t - first.t) / 1000).toFixed(1)} s.`,
            ko: `${connection.name}은(는) 연결되었고 ${kind} 소스가 있지만 ${((last.t - first.t) / 1000).toFixed(1)}초 동안 아무것도 보내지 않았습니다.`,
          },
          advice: {
            en: "Check that the track is enabled and live, that its direction lets it send, and that the capture gives frames.",
            ko: "트랙이 활성화되어 있고 live인지, direction이 전송을 허용하는지, 캡처가 프레임을 내는지 확인하십시오.",
          },
        });
      }
    }
  },
});

const WAIT_MS = 3000;
