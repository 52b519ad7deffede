import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The session id of `o=` is a number that fits into 63 bits. RFC 9429 §5.2.1, RFC 8866 §5.2. */
export const sessionIdRange: Rule<"description"> = defineRule({
  code: "sdp/session-id-range",
  subject: "description",
  severity: "warning",
  rfc: rfc(9429, "5.2.1"),
  summary: {
    en: "The session id and version of o= are numbers that fit into a signed 64-bit integer.",
    ko: "o=의 세션 ID와 버전은 부호 있는 64비트 정수에 들어가는 숫자여야 합니다.",
  },
  check({ description, report }) {
    const { origin } = description;
    if (!origin) return;
    const { line, username, sessionId, sessionVersion } = origin;
    const parts = [
      { name: { en: "session id", ko: "세션 ID" }, value: sessionId },
      { name: { en: "session version", ko: "세션 버전" }, value: sessionVersion },
    ];
    for (const { name, value } of parts) {
      if (fitsSigned64(value)) continue;
      report(partOf(line, value, 2 + username.length), {
        en: `The ${name.en} "${value}" is no number of at most 63 bits (9223372036854775807). Firefox refuses it.`,
        ko: `${name.ko} "${value}"은(는) 63비트(9223372036854775807) 이하의 숫자가 아닙니다. Firefox는 거부합니다.`,
      });
    }
  },
});

/** Compared as text, so that a number of any length costs its length only. */
function fitsSigned64(text: string): boolean {
  if (!/^[0-9]+$/.test(text)) return false;
  const digits = text.replace(/^0+(?=.)/, "");
  return digits.length < 19 || (digits.length === 19 && digits <= "9223372036854775807");
}
