import { parseCandidate } from "../../ice/parse-candidate.ts";
import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import { engineWords } from "../engine-words.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { Connection, GivenCandidate, Session } from "../session.ts";
import { closedAt, remoteDescriptionAt } from "../session.ts";
import { ufragOf } from "../session-candidates.ts";

/** What addIceCandidate is given is a candidate of the present ICE session. RFC 9429 §4.1.19. */
export const candidateRefused: Rule<"session"> = defineRule({
  code: "session/candidate-refused",
  subject: "session",
  severity: "error",
  rfc: rfc(9429, "4.1.19"),
  summary: {
    en: "addIceCandidate accepts what it is given: a candidate that can be read, of the remote description's ICE session.",
    ko: "addIceCandidate는 읽을 수 있고 원격 description의 ICE 세션에 속하는 candidate를 받아들입니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const refused = connection.given.filter((given) => isJudgedHere(given, connection, session));
      for (const group of groupByError(refused)) {
        const [first] = group as [GivenCandidate];
        const reason = reasonOf(first, connection, session);
        report(connection, {
          events: group.map(({ seq }) => seq),
          severity: reason.isHarmless ? "warning" : "error",
          message: {
            en: `addIceCandidate of ${connection.name} refused ${group.length} candidate${group.length === 1 ? "" : "s"}: "${engineWords(first.error)}". ${reason.message.en}`,
            ko: `${connection.name}의 addIceCandidate가 candidate ${group.length}개를 거부했습니다. "${engineWords(first.error)}" ${reason.message.ko}`,
          },
          advice: reason.advice,
        });
      }
    }
  },
});

/** Candidates that came too early, without a section, for an unknown one, or after the close are other rules'. */
function isJudgedHere(given: GivenCandidate, connection: Connection, session: Session): boolean {
  const { error, init, argument, t, settledAt = t } = given;
  if (error === undefined || typeof argument === "string") return false;
  const remote = remoteDescriptionAt(connection, settledAt);
  if (!remote || settledAt >= (closedAt(connection) ?? Number.POSITIVE_INFINITY)) return false;
  if (!init) return true;
  const { sdpMid, sdpMLineIndex } = init;
  if ((sdpMid ?? undefined) === undefined && (sdpMLineIndex ?? undefined) === undefined)
    return false;
  if (remote.sdp === undefined) return true;
  const { media } = session.read(remote.sdp).description;
  if (typeof sdpMid === "string") return media.some(({ mid }) => mid === sdpMid);
  return typeof sdpMLineIndex !== "number" || sdpMLineIndex < media.length;
}

function groupByError(refused: readonly GivenCandidate[]): readonly GivenCandidate[][] {
  const groups = new Map<string, GivenCandidate[]>();
  for (const given of refused) {
    const key = given.error?.message ?? "";
    const group = groups.get(key);
    if (group) group.push(given);
    else groups.set(key, [given]);
  }
  return [...groups.values()].slice(0, MOST_TOLD);
}

/** So many different refusals are told. */
const MOST_TOLD = 10;

interface Reason {
  readonly message: Message;
  readonly advice: Message;
  readonly isHarmless?: boolean;
}

function reasonOf(
  { init, t, settledAt = t }: GivenCandidate,
  connection: Connection,
  session: Session,
): Reason {
  const ufrag = init ? ufragOf(init) : undefined;
  const sdp = remoteDescriptionAt(connection, settledAt)?.sdp;
  const known =
    sdp === undefined
      ? []
      : session.read(sdp).description.media.flatMap(({ ice }) => ice.ufrag ?? []);
  if (ufrag !== undefined && known.length > 0 && !known.includes(ufrag)) {
    const isLater = connection.applied.some(
      (each) => each.side === "remote" && each.t > t && each.sdp?.includes(`a=ice-ufrag:${ufrag}`),
    );
    return {
      isHarmless: !isLater,
      message: isLater
        ? {
            en: `It is of ufrag ${ufrag}, whose description was applied only later.`,
            ko: `ufrag ${ufrag}의 candidate인데, 그 description은 나중에야 적용되었습니다.`,
          }
        : {
            en: `It is of ufrag ${ufrag}, while the remote description has ${[...new Set(known)].join(", ")}: it belongs to another ICE session, from before a restart or of another connection.`,
            ko: `ufrag ${ufrag}의 candidate인데 원격 description에는 ${[...new Set(known)].join(", ")}이(가) 있습니다. 재시작 이전이나 다른 연결의 ICE 세션에 속합니다.`,
          },
      advice: {
        en: "Keep candidates by their usernameFragment until the description with it is applied, and drop those of sessions that are over.",
        ko: "candidate를 usernameFragment별로 보관하여 해당 description이 적용된 뒤에 넘기고, 끝난 세션의 것은 버리십시오.",
      },
    };
  }
  const fault = init
    ? parseCandidate(init).diagnostics.find(({ severity }) => severity === "error")
    : undefined;
  if (fault) {
    return {
      message: fault.message,
      advice: {
        en: "Send the candidate text exactly as the icecandidate event gave it.",
        ko: "icecandidate 이벤트가 준 candidate 문자열을 그대로 보내십시오.",
      },
    };
  }
  if (!init) {
    return {
      isHarmless: true,
      message: {
        en: "It is no candidate: end-of-candidates, or a message that has none.",
        ko: "candidate가 아니라 candidate의 끝이거나 candidate가 없는 메시지입니다.",
      },
      advice: {
        en: 'Give the end of candidates as { candidate: "", sdpMid } or leave it out; do not wrap null into a new RTCIceCandidate.',
        ko: 'candidate의 끝은 { candidate: "", sdpMid }로 넘기거나 생략하십시오. null을 new RTCIceCandidate로 감싸지 마십시오.',
      },
    };
  }
  return {
    message: {
      en: "The candidate itself reads well.",
      ko: "candidate 자체에는 문제가 없습니다.",
    },
    advice: {
      en: "Look at what the engine says, and handle the rejection.",
      ko: "엔진의 오류 메시지를 확인하고 거부를 처리하십시오.",
    },
  };
}
