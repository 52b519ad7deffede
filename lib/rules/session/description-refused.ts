import type { Diagnostic } from "../../diagnostic.ts";
import { rfc } from "../../rfc.ts";
import { engineWords } from "../engine-words.ts";
import { explainRefusal } from "../explain-refusal.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { AppliedDescription } from "../session.ts";

/** A description that is given to a connection can be applied. RFC 9429 §5.6. */
export const descriptionRefused: Rule<"session"> = defineRule({
  code: "session/description-refused",
  subject: "session",
  severity: "error",
  rfc: rfc(9429, "5.6"),
  summary: {
    en: "setLocalDescription and setRemoteDescription accept what they are given.",
    ko: "setLocalDescription과 setRemoteDescription은 주어진 description을 받아들입니다.",
  },
  explainedBy: ["session/munging", "session/description-changed"],
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const byCall = new Map(connection.applied.map((each) => [each.call.begin, each]));
      for (const { method, settle, error, begin } of connection.calls) {
        if (error === undefined || settle === undefined) continue;
        if (method !== "setLocalDescription" && method !== "setRemoteDescription") continue;
        const applied = byCall.get(begin);
        if (applied && isOutOfState(applied)) continue;
        const reason: Diagnostic | undefined = explainRefusal(error.message, applied?.sdp)[0];
        const type = applied?.type ?? "description";
        report(connection, {
          events: [begin.seq, settle.seq],
          message: {
            en: `${method}(${type}) of ${connection.name} was refused. ${reason?.message.en ?? `"${engineWords(error)}"`}`,
            ko: `${connection.name}의 ${method}(${type})이(가) 거부되었습니다. ${reason?.message.ko ?? `"${engineWords(error)}"`}`,
          },
          advice: reason?.fix?.title ?? {
            en: "Look at the line that the error names, find out who made or changed the description, and handle the rejection: after it nothing of this exchange holds.",
            ko: "오류가 가리키는 줄을 확인하고 누가 그 description을 만들거나 바꿨는지 찾으십시오. 거부도 처리해야 합니다. 거부된 뒤에는 이 교환이 성립하지 않습니다.",
          },
          ...(reason?.rfc && { rfc: reason.rfc }),
          ...(applied && reason?.span && { place: placeOf(reason, applied.seq) }),
        });
      }
    }
  },
});

function placeOf({ span, position, fix, related }: Diagnostic, judged: number) {
  return {
    ...(span && { span }),
    ...(position && { position }),
    ...(fix && { fix }),
    ...(related && { related }),
    texts: { judged },
  };
}

/** Refused for the state of the connection: that is another rule's. */
function isOutOfState({ side, type, stateBefore }: AppliedDescription): boolean {
  const other = side === "local" ? "remote" : "local";
  switch (type) {
    case "offer":
      return stateBefore !== "stable" && stateBefore !== `have-${side}-offer`;
    case "answer":
    case "pranswer":
      return stateBefore !== `have-${other}-offer` && stateBefore !== `have-${side}-pranswer`;
    case "rollback":
      return stateBefore === "stable";
    default:
      return type satisfies never;
  }
}
