import { specification } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { AppliedDescription } from "../session.ts";
import { isApplied } from "../session.ts";

/** A new offer says something new. webrtc-pc, negotiation needed. */
export const negotiationLoop: Rule<"session"> = defineRule({
  code: "session/negotiation-loop",
  subject: "session",
  severity: "warning",
  rfc: specification(
    "webrtc-pc",
    "4.7.3",
    "https://www.w3.org/TR/webrtc/#dfn-update-the-negotiation-needed-flag",
  ),
  summary: {
    en: "A connection does not offer the same again and again.",
    ko: "같은 내용의 offer를 반복해서 보내지 않습니다.",
  },
  *check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      yield;
      const offers = connection.applied.filter(
        (each) => each.side === "local" && each.type === "offer" && isApplied(each),
      );
      let run: AppliedDescription[] = [];
      for (const offer of offers) {
        const [first] = run;
        const isSame =
          first?.sdp !== undefined &&
          offer.sdp !== undefined &&
          bodyOf(first.sdp) === bodyOf(offer.sdp);
        run = isSame && first && offer.t - first.t <= SPAN_MS ? [...run, offer] : [offer];
        if (run.length < REPEATED) continue;
        report(connection, {
          events: run.map(({ seq }) => seq),
          confidence: "likely",
          message: {
            en: `${connection.name} offered the same ${run.length} times in ${((offer.t - (first?.t ?? 0)) / 1000).toFixed(1)} s: it negotiates in a loop.`,
            ko: `${connection.name}이(가) ${((offer.t - (first?.t ?? 0)) / 1000).toFixed(1)}초 동안 같은 offer를 ${run.length}번 보냈습니다. 협상이 반복되고 있습니다.`,
          },
          advice: {
            en: "Offer from negotiationneeded alone, and add or remove all tracks in one task, so that the event fires once.",
            ko: "negotiationneeded에서만 offer를 보내고, 트랙 추가와 제거를 한 번에 처리하여 이벤트가 한 번만 발생하게 하십시오.",
          },
        });
        break;
      }
    }
  },
});

const REPEATED = 3;
const SPAN_MS = 5000;

/** Everything but the origin, whose version grows with each offer. */
function bodyOf(sdp: string): string {
  return sdp
    .split("\n")
    .filter((line) => !line.startsWith("o="))
    .join("\n");
}
