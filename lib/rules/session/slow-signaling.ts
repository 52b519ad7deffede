import { rfc } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Candidates are sent on at once. RFC 8838 §1. */
export const slowSignaling: Rule<"session"> = defineRule({
  code: "session/slow-signaling",
  subject: "session",
  severity: "warning",
  rfc: rfc(8838, "1"),
  summary: {
    en: "Descriptions and candidates reach the other side within a second.",
    ko: "description과 candidate는 1초 안에 상대에게 도착합니다.",
  },
  check({ session, report, skip }) {
    if (session.deliveries.length === 0) return skip(undefined, missing.messages);
    const both = session.deliveries.flatMap(({ sent, received, payload }) =>
      sent && received && payload.kind !== "other"
        ? [{ sent, received, ms: received.t - sent.t }]
        : [],
    );
    // Merged recordings have clocks of their own: what seems to arrive before it was sent tells nothing.
    if (both.length === 0 || both.some(({ ms }) => ms < 0)) return;
    const slow = both.filter(({ ms }) => ms > SLOW_MS);
    if (slow.length === 0) return;
    const worst = slow.reduce((a, b) => (b.ms > a.ms ? b : a));
    report(undefined, {
      events: slow.slice(0, 50).flatMap(({ sent, received }) => [sent.seq, received.seq]),
      t: slow[0]?.sent.t ?? 0,
      confidence: "likely",
      message: {
        en: `${slow.length} of ${both.length} signaling messages took more than a second, the slowest ${(worst.ms / 1000).toFixed(1)} s: connecting takes that much longer.`,
        ko: `시그널링 메시지 ${both.length}개 중 ${slow.length}개가 1초 넘게 걸렸습니다(최대 ${(worst.ms / 1000).toFixed(1)}초). 연결도 그만큼 늦어집니다.`,
      },
      advice: {
        en: "Push messages over a WebSocket instead of polling, and send each candidate at once.",
        ko: "폴링 대신 WebSocket으로 메시지를 바로 보내고, candidate마다 즉시 보내십시오.",
      },
    });
  },
});

const SLOW_MS = 1000;
