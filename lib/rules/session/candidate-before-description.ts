import { rfc } from "../../rfc.ts";
import { engineWords } from "../engine-words.ts";
import { endedEarly, missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { Connection, GivenCandidate } from "../session.ts";
import { isApplied } from "../session.ts";
import { ufragOf } from "../session-candidates.ts";

/** addIceCandidate is called when there is a remote description. RFC 9429 §4.1.19. */
export const candidateBeforeDescription: Rule<"session"> = defineRule({
  code: "session/candidate-before-description",
  subject: "session",
  severity: "error",
  rfc: rfc(9429, "4.1.19"),
  summary: {
    en: "Candidates are given to addIceCandidate after setRemoteDescription; before it they are refused and lost.",
    ko: "candidate는 setRemoteDescription 이후에 addIceCandidate에 넘깁니다. 그 전에 넘긴 것은 거부되어 사라집니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const described = remoteAt(connection);
      const isOfOwn = ofOwnDescriptions(connection);
      const early = connection.given.filter((given) => isEarly(given, described) && isOfOwn(given));
      const [first] = early;
      if (!first) continue;
      // An offer that was given up in a collision leaves such candidates behind: the next description tells.
      if (described === undefined && !connection.ended && session.end - first.t < PATIENCE_MS) {
        skip(connection, endedEarly(session.end - first.t));
        continue;
      }
      const all = connection.given.filter(({ init }) => init).length;
      const wait = described === undefined ? undefined : Math.round(described - first.t);
      const accepted = new Set(
        connection.given.flatMap(({ isAccepted, init }) =>
          isAccepted && init ? [init.candidate] : [],
        ),
      );
      const cameAgain = early.every(({ init }) => accepted.has(init?.candidate ?? ""));
      report(connection, {
        events: early.map(({ seq }) => seq),
        ...(cameAgain && { severity: "warning" }),
        message: {
          en: `Candidates that came to ${connection.name} before the remote description: ${early.length} of ${all}, ${wait === undefined ? "and the description never came" : `up to ${wait} ms early`}. addIceCandidate refused them ("${engineWords(first.error)}")${cameAgain ? "; they were given again later." : " and they are lost."}`,
          ko: `${connection.name}에 원격 description보다 먼저 도착한 candidate가 ${all}개 중 ${early.length}개입니다${wait === undefined ? "(description은 오지 않았습니다)" : `(최대 ${wait} ms)`}. addIceCandidate가 거부했습니다("${engineWords(first.error)}"). ${cameAgain ? "이후 다시 전달되었습니다." : "이 candidate는 사라졌습니다."}`,
        },
        advice: {
          en: "Keep the candidates that arrive in a list, and give them to addIceCandidate once setRemoteDescription has resolved.",
          ko: "도착한 candidate를 목록에 보관해 두었다가 setRemoteDescription이 완료된 뒤에 addIceCandidate에 넘기십시오.",
        },
      });
    }
  },
});

/** While the recording goes on, a description may follow within this time. Milliseconds. */
const PATIENCE_MS = 1000;

/** Refused while no remote description was set, whatever words the engine has for it. */
function isEarly(
  { error, init, t, settledAt = t }: GivenCandidate,
  described: number | undefined,
): boolean {
  if (error === undefined || init === undefined || init === null) return false;
  return described === undefined || settledAt < described;
}

/** A candidate of an offer that both sides gave up belongs to no description, and nobody misses it. */
function ofOwnDescriptions({ applied }: Connection): (given: GivenCandidate) => boolean {
  const texts = applied.flatMap(({ side, sdp }) =>
    side === "remote" && sdp !== undefined ? [sdp] : [],
  );
  const known = new Map<string, boolean>();
  return ({ init }) => {
    const ufrag = init ? ufragOf(init) : undefined;
    if (ufrag === undefined || texts.length === 0) return true;
    const isKnown = known.get(ufrag) ?? texts.some((sdp) => sdp.includes(`a=ice-ufrag:${ufrag}`));
    known.set(ufrag, isKnown);
    return isKnown;
  };
}

function remoteAt(connection: Connection): number | undefined {
  return connection.applied.find(
    (each) => each.side === "remote" && each.type !== "rollback" && isApplied(each),
  )?.settledAt;
}
