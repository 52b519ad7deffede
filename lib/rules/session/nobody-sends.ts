import { receives, sends } from "../../offer-answer/direction.ts";
import { rfc } from "../../rfc.ts";
import type { MediaDescription } from "../../sdp/description.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { Connection, Session } from "../session.ts";
import { exchangesOf } from "../session.ts";

/** In an accepted media section somebody sends. RFC 3264 §6.1. */
export const nobodySends: Rule<"session"> = defineRule({
  code: "session/nobody-sends",
  subject: "session",
  severity: "warning",
  rfc: rfc(3264, "6.1"),
  summary: {
    en: "In a section that one side wants media in, the other side sends or receives it.",
    ko: "한쪽이 미디어를 원하는 섹션에서는 다른 쪽이 보내거나 받습니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    const settled = new Set<string>();
    for (const { offer, answer, connection } of exchangesOf(session)) {
      const offered = session.read(offer.sdp).description.media;
      for (const answered of session.read(answer.sdp).description.media) {
        const asked = offered[answered.index];
        if (!asked?.isRtp || asked.isRejected || answered.isRejected) continue;
        // A section that is silenced later is on hold, and one that is offered inactive is meant to be.
        const section = JSON.stringify([...endsOf(connection, session), answered.index]);
        const isSettled = settled.has(section) || asked.direction === "inactive";
        const isFlowing = flows(asked, answered) || flows(answered, asked);
        if (isFlowing || !isSettled) settled.add(section);
        if (isFlowing || isSettled) continue;
        report(connection, {
          events: [offer.seq, answer.seq],
          t: answer.t,
          message: {
            en: `Nobody sends in section ${answered.index} (${asked.kind}): it was offered ${asked.direction} and answered ${answered.direction}.`,
            ko: `섹션 ${answered.index}(${asked.kind})에서 아무도 보내지 않습니다. ${asked.direction}으로 제안하고 ${answered.direction}으로 답했습니다.`,
          },
          advice: {
            en: "Add a track on the side that should send before its description is made, or set the transceiver's direction to sendrecv.",
            ko: "보내야 하는 쪽에서 description을 만들기 전에 트랙을 추가하거나 트랜시버의 direction을 sendrecv로 설정하십시오.",
          },
        });
      }
    }
  },
});

function flows(from: MediaDescription, to: MediaDescription): boolean {
  return sends(from.direction) && receives(to.direction);
}

/** The same for both ends of a connection: they take turns with offering. */
function endsOf(connection: Connection, session: Session): readonly string[] {
  const other = session.otherEnd(connection);
  return [connection, ...(other ? [other] : [])]
    .map(({ peer, pc }) => JSON.stringify([peer, pc]))
    .sort();
}
