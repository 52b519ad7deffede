import { rfc } from "../../rfc.ts";
import type { CandidateInit } from "../../trace/event.ts";
import { engineWords } from "../engine-words.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { Connection, GivenCandidate, Session } from "../session.ts";
import { remoteDescriptionAt } from "../session.ts";

/** A candidate's media section is one of the remote description. RFC 9429 §4.1.19. */
export const candidateUnknownSection: Rule<"session"> = defineRule({
  code: "session/candidate-unknown-section",
  subject: "session",
  severity: "error",
  rfc: rfc(9429, "4.1.19"),
  summary: {
    en: "The sdpMid or sdpMLineIndex of a candidate is that of a section in the remote description.",
    ko: "candidate의 sdpMid나 sdpMLineIndex는 원격 description에 있는 섹션의 것이어야 합니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const lost = connection.given.flatMap((given) => {
        const place = given.error && unknownPlace(given, connection, session);
        return place === undefined ? [] : [{ given, place }];
      });
      const [first] = lost;
      if (!first) continue;
      const { given, place } = first;
      report(connection, {
        events: lost.map((each) => each.given.seq),
        message: {
          en: `${lost.length} candidate${lost.length === 1 ? "" : "s"} of ${connection.name} named ${place.named}, but the remote description has ${place.known}: addIceCandidate refused ("${engineWords(given.error)}").`,
          ko: `${connection.name}에 넘긴 candidate ${lost.length}개가 ${place.named}을(를) 가리켰지만 원격 description에는 ${place.known}만 있어 addIceCandidate가 거부했습니다("${engineWords(given.error)}").`,
        },
        advice: {
          en: "Keep candidates until the description they belong to is applied, and send them to the connection whose description they belong to.",
          ko: "candidate는 그것이 속한 description이 적용될 때까지 보관하고, 그 description을 가진 연결에 넘기십시오.",
        },
      });
    }
  },
});

function unknownPlace(
  { init, settledAt, t }: GivenCandidate,
  connection: Connection,
  session: Session,
): { readonly named: string; readonly known: string } | undefined {
  const remote = remoteDescriptionAt(connection, settledAt ?? t);
  if (!init || remote?.sdp === undefined) return undefined;
  const { media } = session.read(remote.sdp).description;
  const mids = media.flatMap(({ mid }) => (mid === undefined ? [] : [mid]));
  const { sdpMid, sdpMLineIndex } = init as CandidateInit;
  if (typeof sdpMid === "string") {
    if (mids.includes(sdpMid)) return undefined;
    return { named: `sdpMid ${JSON.stringify(sdpMid)}`, known: `mid ${mids.join(", ") || "–"}` };
  }
  if (typeof sdpMLineIndex !== "number" || sdpMLineIndex < media.length) return undefined;
  return { named: `sdpMLineIndex ${sdpMLineIndex}`, known: `sdpMLineIndex 0–${media.length - 1}` };
}
