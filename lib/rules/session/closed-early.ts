import { rfc } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { statesOf } from "../session.ts";

/** disconnected may heal by itself. RFC 7675 §5.1. */
export const closedEarly: Rule<"session"> = defineRule({
  code: "session/closed-early",
  subject: "session",
  severity: "warning",
  rfc: rfc(7675, "5.1"),
  summary: {
    en: "A connection that is disconnected gets some seconds to recover before it is closed.",
    ko: "disconnected가 된 연결은 닫기 전에 몇 초 동안 회복할 시간을 줍니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const close = connection.calls.find(({ method }) => method === "close");
      if (!close) continue;
      const state = statesOf(connection, "ice").findLast(({ t }) => t <= close.begin.t);
      const elapsed = close.begin.t - (state?.t ?? 0);
      if (state?.to !== "disconnected" || elapsed >= PATIENCE_MS) continue;
      const other = session.otherEnd(connection);
      // The other side hung up: then there was nothing to wait for.
      const hasLeft = other?.calls.some(
        ({ method, begin }) => method === "close" && begin.t <= close.begin.t,
      );
      const isToldBye = session.trace.events.some(
        ({ kind, peer, t, ...rest }) =>
          kind === "signal" &&
          peer === connection.peer &&
          t <= close.begin.t &&
          "type" in rest &&
          rest.type === "bye",
      );
      if (hasLeft || isToldBye) continue;
      report(connection, {
        events: [state.seq, close.begin.seq],
        t: close.begin.t,
        confidence: other ? "likely" : "possible",
        message: {
          en: `${connection.name} was closed ${Math.round(elapsed)} ms after ICE became disconnected, which often heals within seconds.`,
          ko: `ICE가 disconnected가 되고 ${Math.round(elapsed)} ms 만에 ${connection.name}을(를) 닫았습니다. disconnected는 몇 초 안에 회복되는 경우가 많습니다.`,
        },
        advice: {
          en: "Wait for failed, or for five to ten seconds of disconnected, and try restartIce() first.",
          ko: "failed가 되거나 disconnected가 5~10초 이어질 때까지 기다리고, 먼저 restartIce()를 시도하십시오.",
        },
      });
    }
  },
});

const PATIENCE_MS = 2000;
