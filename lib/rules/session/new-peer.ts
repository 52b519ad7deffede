import { rfc } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { AppliedDescription, Session } from "../session.ts";
import { isApplied } from "../session.ts";

/** The other end of a connection stays the same one. RFC 8842 §3.1. */
export const newPeer: Rule<"session"> = defineRule({
  code: "session/new-peer",
  subject: "session",
  severity: "error",
  rfc: rfc(8842, "3.1"),
  summary: {
    en: "Later descriptions of the other side come from the same connection as the first: a new one there needs a new one here.",
    ko: "상대의 이후 description도 처음과 같은 연결에서 옵니다. 상대가 연결을 새로 만들면 이쪽도 새로 만들어야 합니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      let previous:
        | { readonly applied: AppliedDescription; readonly prints: readonly string[] }
        | undefined;
      for (const applied of connection.applied) {
        if (applied.side !== "remote" || applied.sdp === undefined) continue;
        const prints = fingerprintsOf(applied.sdp, session);
        if (prints.length === 0) continue;
        if (previous && !prints.some((each) => previous?.prints.includes(each))) {
          const made = session.makerOf(applied.sdp);
          const maker = made === connection ? undefined : made;
          const before = previous.applied;
          report(connection, {
            events: [before.seq, applied.seq],
            t: applied.t,
            confidence: maker ? "certain" : "likely",
            message: {
              en: `The ${applied.type} that ${connection.name} was given comes from a new connection${maker ? `, ${maker.name}` : ""}: its certificate is not that of the ${before.type} before. The other page was probably loaded anew.${applied.error ? ` It was refused.` : ""}`,
              ko: `${connection.name}이(가) 받은 ${applied.type}은(는) 새 연결${maker ? `(${maker.name})` : ""}에서 온 것입니다. 인증서가 이전 ${before.type}의 것과 다릅니다. 상대 페이지를 새로 고쳤을 가능성이 큽니다.${applied.error ? " 이 description은 거부되었습니다." : ""}`,
            },
            advice: {
              en: "When the other side joins anew, close this connection and make a new one; let each connection have an id that both sides send along.",
              ko: "상대가 다시 들어오면 이 연결을 닫고 새로 만드십시오. 연결마다 ID를 두고 양쪽이 메시지에 함께 보내십시오.",
            },
          });
          break;
        }
        if (isApplied(applied)) previous = { applied, prints };
      }
    }
  },
});

function fingerprintsOf(sdp: string, session: Session): readonly string[] {
  const { media } = session.read(sdp).description;
  return media.flatMap(({ dtls }) => dtls.fingerprints.map(({ value }) => value.toUpperCase()));
}
