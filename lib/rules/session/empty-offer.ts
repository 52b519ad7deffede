import { rfc } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** An offer offers something. RFC 9429 §5.2.1. */
export const emptyOffer: Rule<"session"> = defineRule({
  code: "session/empty-offer",
  subject: "session",
  severity: "error",
  rfc: rfc(9429, "5.2.1"),
  summary: {
    en: "An offer that is applied has at least one media section.",
    ko: "적용하는 offer에는 미디어 섹션이 하나 이상 있습니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const empty = connection.applied.find(
        ({ side, type, sdp }) =>
          side === "local" && type === "offer" && sdp?.startsWith("v=0") && !/[\r\n]m=/.test(sdp),
      );
      if (!empty) continue;
      report(connection, {
        events: [empty.seq],
        message: {
          en: `${connection.name} offered nothing: there was no track, transceiver or data channel when the offer was made, so nothing is gathered and nothing connects.`,
          ko: `${connection.name}의 offer가 비어 있습니다. offer를 만들 때 트랙, 트랜시버, 데이터 채널이 없어 candidate도 수집되지 않고 연결되지 않습니다.`,
        },
        advice: {
          en: "Add the tracks, transceivers or a data channel before createOffer; getUserMedia has to be awaited first.",
          ko: "createOffer 전에 트랙, 트랜시버, 데이터 채널을 추가하십시오. getUserMedia는 먼저 await해야 합니다.",
        },
      });
    }
  },
});
