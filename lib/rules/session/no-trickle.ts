import { rfc } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { cameUp, isApplied } from "../session.ts";

/** A side that does not trickle waits for its candidates before it sends. RFC 8445 §5.3. */
export const noTrickle: Rule<"session"> = defineRule({
  code: "session/no-trickle",
  subject: "session",
  severity: "error",
  rfc: rfc(8445, "5.3"),
  summary: {
    en: "A description without candidates says a=ice-options:trickle, and candidates follow it.",
    ko: "candidate가 없는 description에는 a=ice-options:trickle이 있고 candidate가 뒤따릅니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      if (cameUp(connection) || connection.given.some(({ init }) => init)) continue;
      const remote = connection.applied.findLast(
        (each) => each.side === "remote" && isApplied(each) && each.sdp !== undefined,
      );
      if (remote?.sdp === undefined) continue;
      const { media, iceOptions } = session.read(remote.sdp).description;
      const live = media.filter(({ isRejected }) => !isRejected);
      const trickles =
        iceOptions.includes("trickle") || live.some(({ ice }) => ice.options.includes("trickle"));
      if (live.length === 0 || trickles || live.some(({ candidates }) => candidates.length > 0))
        continue;
      report(connection, {
        events: [remote.seq],
        confidence: "likely",
        message: {
          en: `The ${remote.type} that ${connection.name} was given has no candidates and does not promise any: its maker sent it before gathering was over.`,
          ko: `${connection.name}이(가) 받은 ${remote.type}에 candidate가 없고 나중에 보낸다는 표시도 없습니다. 수집이 끝나기 전에 보낸 것입니다.`,
        },
        advice: {
          en: "On a side that does not trickle, wait until iceGatheringState is complete and send localDescription then.",
          ko: "trickle을 쓰지 않는 쪽에서는 iceGatheringState가 complete가 될 때까지 기다린 뒤 localDescription을 보내십시오.",
        },
      });
    }
  },
});
