import { rfc } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { closedAt, statesOf } from "../session.ts";

/** A data channel opens when the connection is up. RFC 8831 §6.5. */
export const channelNotOpen: Rule<"session"> = defineRule({
  code: "session/channel-not-open",
  subject: "session",
  severity: "error",
  rfc: rfc(8831, "6.5"),
  summary: {
    en: "A data channel opens within five seconds of the connection.",
    ko: "데이터 채널은 연결되고 5초 안에 열립니다.",
  },
  explainedBy: [
    "session/channel-not-negotiated",
    "session/section-rejected",
    "session/connection-lost",
  ],
  check({ session, report, skip }) {
    for (const connection of session.connections) {
      const up = statesOf(connection, "connection").find(({ to }) => to === "connected");
      const states = statesOf(connection, "channel");
      const created = connection.channels.filter(({ side }) => side === "local");
      if (!up || created.length === 0) continue;
      // Browsers' dumps do not have the states of channels; a recorder has them.
      if (states.length === 0 && session.limits.size > 0) {
        skip(connection, missing.states);
        continue;
      }
      const end = Math.min(connection.end, closedAt(connection) ?? connection.end);
      for (const channel of created) {
        const own = states.filter(({ id }) => id === channel.id);
        if (own.some(({ to }) => to !== "connecting")) continue;
        const waited = end - Math.max(up.t, channel.t);
        if (waited < WAIT_MS) continue;
        report(connection, {
          events: [channel.seq, up.seq].sort((a, b) => a - b),
          t: Math.max(up.t, channel.t),
          message: {
            en: `The data channel "${channel.label}" of ${connection.name} was not open ${(waited / 1000).toFixed(1)} s after the connection came up.`,
            ko: `${connection.name}의 데이터 채널 "${channel.label}"이(가) 연결되고 ${(waited / 1000).toFixed(1)}초가 지나도 열리지 않았습니다.`,
          },
          advice: {
            en: "Check that both sides have the m=application section, and for negotiated channels that both create one with the same id.",
            ko: "양쪽에 m=application 섹션이 있는지, negotiated 채널이라면 양쪽이 같은 id로 만드는지 확인하십시오.",
          },
        });
      }
    }
  },
});

const WAIT_MS = 5000;
