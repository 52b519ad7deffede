import { rfc } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Sections that are over are used again. RFC 9429 §5.2.2. */
export const manySections: Rule<"session"> = defineRule({
  code: "session/many-sections",
  subject: "session",
  severity: "warning",
  rfc: rfc(9429, "5.2.2"),
  summary: {
    en: "Media sections do not pile up: a rejected one is used again, a paused one keeps its track.",
    ko: "미디어 섹션이 쌓이지 않게 합니다. 거절된 섹션은 다시 쓰고, 잠시 멈춘 섹션은 트랙을 유지합니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const last = connection.applied.findLast(
        ({ side, type, sdp }) => side === "local" && type === "offer" && sdp !== undefined,
      );
      if (last?.sdp === undefined) continue;
      const { media } = session.read(last.sdp).description;
      const idle = media.filter(
        ({ isRejected, direction }) => isRejected || direction === "inactive",
      );
      if (media.length <= MANY || idle.length * 2 <= media.length) continue;
      report(connection, {
        events: [last.seq],
        message: {
          en: `The offer of ${connection.name} has ${media.length} media sections, and ${idle.length} of them carry nothing: they grow with every change.`,
          ko: `${connection.name}의 offer에 미디어 섹션이 ${media.length}개 있고 그중 ${idle.length}개는 쓰이지 않습니다. 바꿀 때마다 늘어납니다.`,
        },
        advice: {
          en: "Use replaceTrack instead of removeTrack and addTrack, and transceiver.stop() for what is over, so that its section can be used again.",
          ko: "removeTrack과 addTrack 대신 replaceTrack을 사용하고, 끝난 것은 transceiver.stop()으로 중지하여 섹션을 다시 쓰게 하십시오.",
        },
      });
    }
  },
});

const MANY = 20;
