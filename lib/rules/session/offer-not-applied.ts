import { rfc } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { Connection, MadeDescription, Session } from "../session.ts";

/** What createOffer gives is applied by setLocalDescription before it is sent. RFC 9429 §4.1.8. */
export const offerNotApplied: Rule<"session"> = defineRule({
  code: "session/offer-not-applied",
  subject: "session",
  severity: "error",
  rfc: rfc(9429, "4.1.8"),
  summary: {
    en: "An offer that is sent was applied by setLocalDescription.",
    ko: "보내는 offer는 setLocalDescription으로 적용합니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const local = connection.applied.filter(({ side }) => side === "local");
      const lastApplied = local.at(-1)?.t ?? Number.NEGATIVE_INFINITY;
      const offers = connection.made.filter(({ type, t }) => type === "offer" && t > lastApplied);
      for (const made of offers) {
        const use = useOf(made, connection, session);
        if (use === undefined) continue;
        report(connection, {
          events: [made.seq, use],
          message: {
            en: `${connection.name} sent its offer without setLocalDescription: no candidates are gathered, and the answer will find no offer to answer.`,
            ko: `${connection.name}이(가) setLocalDescription 없이 offer를 보냈습니다. candidate가 수집되지 않고, 돌아온 answer는 답할 offer를 찾지 못합니다.`,
          },
          advice: {
            en: "Call setLocalDescription(offer) and send pc.localDescription.",
            ko: "setLocalDescription(offer)을 호출하고 pc.localDescription을 보내십시오.",
          },
        });
        break;
      }
    }
  },
});

/** The event that shows that the offer left: a message with it, or the other end that has it. */
function useOf(
  made: MadeDescription,
  connection: Connection,
  session: Session,
): number | undefined {
  const messages = session.messagesWith("offer", made.sdp);
  const sent = messages.find((each) => each.sent)?.sent;
  if (sent) return sent.seq;
  const given = session
    .otherEnd(connection)
    ?.applied.find(({ side, sdp }) => side === "remote" && sdp === made.sdp);
  return given?.seq;
}
