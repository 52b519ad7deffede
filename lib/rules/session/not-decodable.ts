import { rfc } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import { numberOf, streamsOf } from "../session-stats.ts";

/** What arrives is of the negotiated format. RFC 3264 §7. */
export const notDecodable: Rule<"session"> = defineRule({
  code: "session/not-decodable",
  subject: "session",
  severity: "error",
  rfc: rfc(3264, "7"),
  summary: {
    en: "Video that arrives is decoded: it has the format that was negotiated.",
    ko: "도착하는 비디오는 디코딩됩니다. 협상한 포맷과 같아야 합니다.",
  },
  *check({ session, report, skip }) {
    if (session.connections.every(({ stats }) => stats.length === 0))
      return skip(undefined, missing.stats);
    for (const connection of session.connections) {
      for (const { kind, samples } of yield* streamsOf(connection, "inbound-rtp")) {
        // An engine that does not decode does not count frames.
        const counted = samples.filter(({ entry }) => typeof entry["framesDecoded"] === "number");
        if (kind !== "video" || counted.some(({ entry }) => numberOf(entry["framesDecoded"]) > 0))
          continue;
        const arriving = counted.filter(({ entry }) => numberOf(entry["bytesReceived"]) > 0);
        const [first] = arriving;
        const last = arriving.at(-1);
        if (!first || !last || last.t - first.t < WAIT_MS) continue;
        report(connection, {
          events: [first.seq, last.seq],
          confidence: "likely",
          message: {
            en: `Video arrives at ${connection.name} (${numberOf(last.entry["bytesReceived"])} bytes in ${((last.t - first.t) / 1000).toFixed(1)} s), and no frame was decoded: the payload is not of the negotiated profile, or its key frame never came.`,
            ko: `${connection.name}에 비디오가 도착하지만(${((last.t - first.t) / 1000).toFixed(1)}초 동안 ${numberOf(last.entry["bytesReceived"])} 바이트) 디코딩된 프레임이 없습니다. 협상한 프로파일과 다르거나 키 프레임이 오지 않은 것입니다.`,
          },
          advice: {
            en: "Compare the codec's profile in the SDP with what the encoder sends, and see that PLI reaches the sender.",
            ko: "SDP의 코덱 프로파일과 인코더가 보내는 것을 비교하고, PLI가 보내는 쪽에 도달하는지 확인하십시오.",
          },
        });
      }
    }
  },
});

const WAIT_MS = 3000;
