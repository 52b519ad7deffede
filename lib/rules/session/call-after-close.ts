import { specification } from "../../rfc.ts";
import { engineWords } from "../engine-words.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { closedAt } from "../session.ts";

/** A closed connection is not used. webrtc-pc, RTCPeerConnection.close. */
export const callAfterClose: Rule<"session"> = defineRule({
  code: "session/call-after-close",
  subject: "session",
  severity: "warning",
  rfc: specification(
    "webrtc-pc",
    "4.4.2",
    "https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-close",
  ),
  summary: {
    en: "Nothing is asked of a connection that was closed.",
    ko: "닫은 연결에는 아무것도 요청하지 않습니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const closed = closedAt(connection);
      if (closed === undefined) continue;
      const late = connection.calls.filter(({ begin, error }) => error && begin.t > closed);
      const [first] = late;
      if (!first) continue;
      report(connection, {
        events: late.map(({ begin }) => begin.seq),
        message: {
          en: `${first.method} was called on ${connection.name} ${Math.round(first.begin.t - closed)} ms after it was closed${late.length > 1 ? `, and ${late.length - 1} more calls` : ""}: "${engineWords(first.error)}".`,
          ko: `${connection.name}을(를) 닫고 ${Math.round(first.begin.t - closed)} ms 뒤에 ${first.method}을(를) 호출했습니다${late.length > 1 ? `(이후 ${late.length - 1}번 더)` : ""}. "${engineWords(first.error)}"`,
        },
        advice: {
          en: "Remove the message handlers when you close the connection, and leave late messages out.",
          ko: "연결을 닫을 때 메시지 핸들러를 제거하고, 늦게 온 메시지는 무시하십시오.",
        },
      });
    }
  },
});
