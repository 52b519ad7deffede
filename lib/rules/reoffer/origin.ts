import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The origin stays, and its version grows by one with every change. RFC 3264 §8, RFC 9429 §5.2.2. */
export const reofferOrigin: Rule<"reoffer"> = defineRule({
  code: "reoffer/origin",
  subject: "reoffer",
  severity: "warning",
  rfc: rfc(3264, "8", "MUST"),
  summary: {
    en: "The o= line stays the same but for its version, which grows by one when anything changed.",
    ko: "o= 줄은 그대로 두고, 무엇이든 바뀌면 버전만 1 올립니다.",
  },
  check({ previous, next, report }) {
    const before = previous.description.origin;
    const after = next.description.origin;
    if (!before || !after) return;
    const related = [
      {
        at: before.line,
        in: "previous" as const,
        message: { en: "What it was.", ko: "이전 줄입니다." },
      },
    ];
    if (before.sessionId !== after.sessionId || before.username !== after.username) {
      report(
        partOf(after.line, after.sessionId, 2),
        {
          en: `The session id was ${before.sessionId} and is now ${after.sessionId}: to the peer this is another session.`,
          ko: `세션 ID가 ${before.sessionId}에서 ${after.sessionId}(으)로 바뀌었습니다. 상대에게는 다른 세션으로 보입니다.`,
        },
        { related },
      );
      return;
    }
    if (!isNumber(before.sessionVersion) || !isNumber(after.sessionVersion)) return;
    const step = BigInt(after.sessionVersion) - BigInt(before.sessionVersion);
    const place = partOf(
      after.line,
      after.sessionVersion,
      2 + after.username.length + 1 + after.sessionId.length,
    );
    const isChanged = previous.document.toString() !== next.document.toString();
    if (step < 0n || (step === 0n && isChanged))
      report(
        place,
        {
          en: `The version was ${before.sessionVersion} and is ${after.sessionVersion}, though the description changed.`,
          ko: `description이 바뀌었는데 버전이 ${before.sessionVersion}에서 ${after.sessionVersion}입니다.`,
        },
        { related },
      );
    else if (step > 1n)
      report(
        place,
        {
          en: `The version grew by ${step} at once, from ${before.sessionVersion} to ${after.sessionVersion}. A description in between may be missing here.`,
          ko: `버전이 ${before.sessionVersion}에서 ${after.sessionVersion}(으)로 한 번에 ${step} 올랐습니다. 중간 description이 빠졌을 수 있습니다.`,
        },
        { related, severity: "info" },
      );
  },
});

/** Bounded, so that a hostile digit string costs nothing. */
function isNumber(text: string): boolean {
  return /^[0-9]{1,20}$/.test(text);
}
