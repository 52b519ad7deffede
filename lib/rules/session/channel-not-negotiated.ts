import { rfc } from "../../rfc.ts";
import { endedEarly, missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { closedAt } from "../session.ts";

/** A data channel needs an m=application section. RFC 9429 §4.1.6. */
export const channelNotNegotiated: Rule<"session"> = defineRule({
  code: "session/channel-not-negotiated",
  subject: "session",
  severity: "error",
  rfc: rfc(9429, "4.1.6"),
  summary: {
    en: "The first data channel is created before an offer, so that the offer has an m=application section.",
    ko: "첫 데이터 채널은 offer 전에 만들어 offer에 m=application 섹션이 들어가게 합니다.",
  },
  explainedBy: ["session/offer-unanswered", "session/description-refused"],
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const created = connection.calls.find(
        ({ method, error }) => method === "createDataChannel" && error === undefined,
      );
      if (!created) continue;
      const texts = connection.applied.flatMap(({ sdp, error }) => (sdp && !error ? [sdp] : []));
      if (texts.some((sdp) => sdp.includes("\nm=application "))) continue;
      const done = connection.rounds.findLast(({ answer }) => answer)?.answer;
      // Without a description that has its text nobody knows what it offered.
      const isUnknown = connection.applied.some(
        ({ sdp, type }) => sdp === undefined && type !== "rollback",
      );
      if (!done || isUnknown) continue;
      const since = Math.max(created.begin.t, done.t);
      const waited = Math.min(connection.end, closedAt(connection) ?? connection.end) - since;
      if (waited < WAIT_MS || !session.hasClock) {
        skip(connection, endedEarly(waited));
        continue;
      }
      const isLate = created.begin.t > done.t;
      report(connection, {
        events: [created.begin.seq, done.seq],
        t: created.begin.t,
        message: {
          en: `The data channel of ${connection.name} was never negotiated: ${isLate ? "it was created after the last offer, and no other followed" : "no description has an m=application section"}.`,
          ko: `${connection.name}의 데이터 채널이 협상되지 않았습니다. ${isLate ? "마지막 offer 뒤에 만들었고 다음 offer가 없었습니다" : "m=application 섹션이 있는 description이 없습니다"}.`,
        },
        advice: {
          en: "Create the channel on the offering side before createOffer, or negotiate again when negotiationneeded fires.",
          ko: "offer를 보내는 쪽에서 createOffer 전에 채널을 만들거나, negotiationneeded가 발생하면 다시 협상하십시오.",
        },
      });
    }
  },
});

const WAIT_MS = 2000;
