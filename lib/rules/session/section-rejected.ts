import { codecLabel } from "../../codec/match.ts";
import { readPayloadTypeGraph } from "../../offer-answer/payload-type-graph.ts";
import { rfc } from "../../rfc.ts";
import type { MediaDescription } from "../../sdp/description.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { exchangesOf } from "../session.ts";

/** What is offered is taken, unless somebody wants it otherwise. RFC 3264 §6. */
export const sectionRejected: Rule<"session"> = defineRule({
  code: "session/section-rejected",
  subject: "session",
  severity: "warning",
  rfc: rfc(3264, "6"),
  summary: {
    en: "An offered media section is accepted; one with port 0 in the answer carries nothing.",
    ko: "제안한 미디어 섹션은 수락됩니다. answer에서 port가 0인 섹션은 아무것도 전달하지 않습니다.",
  },
  explainedBy: ["session/description-changed", "session/no-common-codec"],
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    // Rejected once, it is rejected in each later round.
    const known = new Set<string>();
    for (const { offer, answer, connection } of exchangesOf(session)) {
      const offered = session.read(offer.sdp).description.media;
      for (const media of session.read(answer.sdp).description.media) {
        const asked = offered[media.index];
        if (!asked || asked.isRejected || !media.isRejected) continue;
        const section = JSON.stringify([connection.peer, connection.pc, media.index, asked.mid]);
        if (known.has(section)) continue;
        known.add(section);
        const names = mediaCodecs(asked);
        report(connection, {
          events: [offer.seq, answer.seq],
          t: answer.t,
          message: {
            en: `Section ${media.index} (${asked.kind}${asked.mid === undefined ? "" : `, mid ${asked.mid}`}) was offered and rejected with port 0: no ${asked.kind} will flow.${names ? ` Offered were ${names}.` : ""}`,
            ko: `섹션 ${media.index}(${asked.kind}${asked.mid === undefined ? "" : `, mid ${asked.mid}`})을(를) 제안했지만 port 0으로 거절되어 ${asked.kind}이(가) 흐르지 않습니다.${names ? ` 제안한 코덱은 ${names}입니다.` : ""}`,
          },
          advice: {
            en: "Check on the answering side that it supports one of the offered codecs, that the transceiver was not stopped, and that it handles this kind of media.",
            ko: "답하는 쪽이 제안한 코덱 중 하나를 지원하는지, 트랜시버를 중지하지 않았는지, 이 종류의 미디어를 다루는지 확인하십시오.",
          },
        });
      }
    }
  },
});

function mediaCodecs(media: MediaDescription): string {
  const labels = readPayloadTypeGraph(media).nodes.flatMap(({ role, codec }) =>
    role === "media" && codec ? [codecLabel(codec)] : [],
  );
  return [...new Set(labels)].slice(0, 6).join(", ");
}
