import { specification } from "../../rfc.ts";
import { engineWords } from "../engine-words.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { GivenCandidate } from "../session.ts";

/** A candidate says which media section it belongs to. webrtc-pc, addIceCandidate. */
export const candidateWithoutSection: Rule<"session"> = defineRule({
  code: "session/candidate-without-section",
  subject: "session",
  severity: "error",
  rfc: specification(
    "webrtc-pc",
    "4.4.2",
    "https://www.w3.org/TR/webrtc/#dom-peerconnection-addicecandidate",
  ),
  summary: {
    en: "A candidate comes with its sdpMid or its sdpMLineIndex.",
    ko: "candidate에는 sdpMid나 sdpMLineIndex가 함께 있어야 합니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const homeless = connection.given.filter(isHomeless);
      const [first] = homeless;
      if (!first) continue;
      const isText = typeof first.argument === "string";
      report(connection, {
        events: homeless.map(({ seq }) => seq),
        message: isText
          ? {
              en: `addIceCandidate of ${connection.name} was given a bare text ${times(homeless.length).en}: it takes { candidate, sdpMid, sdpMLineIndex }.`,
              ko: `${connection.name}의 addIceCandidate에 문자열만 ${times(homeless.length).ko} 넘겼습니다. { candidate, sdpMid, sdpMLineIndex }가 필요합니다.`,
            }
          : {
              en: `${homeless.length} candidate${homeless.length === 1 ? "" : "s"} of ${connection.name} had neither sdpMid nor sdpMLineIndex, and addIceCandidate refused: "${engineWords(first.error)}".`,
              ko: `${connection.name}에 넘긴 candidate ${homeless.length}개에 sdpMid도 sdpMLineIndex도 없어 addIceCandidate가 거부했습니다. "${engineWords(first.error)}"`,
            },
        advice: {
          en: "Send candidate.toJSON() whole, and give addIceCandidate exactly what arrives: a list of chosen fields loses sdpMid.",
          ko: "candidate.toJSON()을 그대로 보내고, 도착한 것을 그대로 addIceCandidate에 넘기십시오. 필드를 골라 보내면 sdpMid가 빠집니다.",
        },
      });
    }
  },
});

function isHomeless({ argument, error }: GivenCandidate): boolean {
  if (error === undefined) return false;
  if (typeof argument === "string") return true;
  if (typeof argument !== "object" || argument === null) return false;
  const { candidate, sdpMid, sdpMLineIndex } = argument as Record<string, unknown>;
  if (candidate === undefined || candidate === "") return false;
  return (sdpMid === undefined || sdpMid === null) && (sdpMLineIndex ?? undefined) === undefined;
}

function times(count: number) {
  return { en: count === 1 ? "once" : `${count} times`, ko: `${count}번` };
}
