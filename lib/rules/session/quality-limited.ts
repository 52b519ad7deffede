import { specification } from "../../rfc.ts";
import type { Steps } from "../../steps.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { MeasuredConnection } from "../session-quality.ts";
import {
  eventsOf,
  isWithout,
  kilobits,
  longestFirst,
  meanIn,
  measuredConnections,
  metric,
  mostIn,
  secondsOf,
  seriesOf,
  streamName,
} from "../session-quality.ts";
import { streamsOf } from "../session-stats.ts";
import type { Stretch } from "../stretch.ts";
import { longestStretch } from "../stretch.ts";

/** A picture is sent as large and as smooth as it was captured. webrtc-stats, qualityLimitationReason. */
export const qualityLimited: Rule<"session"> = defineRule({
  code: "session/quality-limited",
  subject: "session",
  severity: "warning",
  rfc: specification(
    "webrtc-stats",
    "",
    "https://www.w3.org/TR/webrtc-stats/#dom-rtcoutboundrtpstreamstats-qualitylimitationreason",
  ),
  summary: {
    en: "Video is not sent smaller or less smooth than it could be for 10 seconds or longer because the processor or the network cannot do more (guideline).",
    ko: "프로세서나 네트워크의 한계 때문에 비디오가 10초 이상 더 작거나 덜 부드럽게 전송되지 않습니다(지침).",
  },
  *check(context) {
    const { report, skip } = context;
    for (const measured of yield* measuredConnections(context)) {
      const { connection } = measured;
      if (isWithout(measured, skip, reason, "video")) continue;
      const streams = yield* streamsOf(connection, "outbound-rtp");
      for (const limit of ["cpu", "bandwidth"] as const) {
        const found: { readonly id: string; readonly stretch: Stretch; readonly share: number }[] =
          [];
        for (const { id, kind, samples } of streams) {
          if (kind !== "video") continue;
          const isLimited = samples.map(({ entry }) => entry["qualityLimitationReason"] === limit);
          const stretch = longestStretch(
            { t: samples.map(({ t }) => t), values: isLimited.map(Number) },
            (value) => value > 0,
            LONG_MS,
          );
          const share = isLimited.filter(Boolean).length / samples.length;
          if (stretch) found.push({ id, stretch, share });
          yield;
        }
        const [worst] = longestFirst(found);
        if (!worst) continue;
        const { id, stretch, share } = worst;
        const object = measured.stats.objects.find((each) => each.id === id) ?? { id, type: "" };
        const stream = streamName(object, found.length - 1);
        const time = secondsOf(stretch);
        const available = limit === "bandwidth" ? yield* availableIn(measured, stretch) : undefined;
        // A maxBitrate is told as a limit of bandwidth too.
        if (available?.isOwnLimit) continue;
        report(connection, {
          events: eventsOf(measured, stretch),
          t: stretch.start,
          severity: share >= 0.5 ? "warning" : "info",
          message: available
            ? {
                en: `The bandwidth limited ${stream.en} of ${connection.name} for ${time} s.${Number.isNaN(available.estimate) ? "" : ` For the whole connection ${kilobits(available.estimate)} on average were estimated.`}`,
                ko: `대역폭 때문에 ${connection.name}의 ${stream.ko} 품질이 ${time}초 동안 제한되었습니다.${Number.isNaN(available.estimate) ? "" : ` 연결 전체의 대역폭 추정치는 평균 ${kilobits(available.estimate)}였습니다.`}`,
              }
            : {
                en: `The processor limited ${stream.en} of ${connection.name} for ${time} s. It could not encode fast enough.`,
                ko: `CPU 때문에 ${connection.name}의 ${stream.ko} 품질이 ${time}초 동안 제한되었습니다. 인코딩이 따라가지 못했습니다.`,
              },
          advice: available
            ? {
                en: "Look at the packet loss and the round trip time of the same seconds. Where the network is what it is, choose what gives way with degradationPreference, and ask for a smaller picture.",
                ko: "같은 시간의 패킷 손실과 왕복 시간을 보십시오. 네트워크를 바꿀 수 없다면 degradationPreference로 무엇을 양보할지 정하고 더 작은 화면을 요청하십시오.",
              }
            : {
                en: "Capture a smaller picture or fewer frames, send fewer simulcast layers, prefer a codec with a hardware encoder, and close other work.",
                ko: "더 작은 화면이나 낮은 프레임률로 캡처하고, 시뮬캐스트 레이어를 줄이고, 하드웨어 인코더가 있는 코덱을 우선하고, 다른 작업을 닫으십시오.",
              },
        });
      }
    }
  },
});

/** What the congestion control allowed, and whether the application itself allowed less. */
function* availableIn(
  measured: MeasuredConnection,
  stretch: Stretch,
): Steps<{ readonly estimate: number; readonly isOwnLimit: boolean }> {
  const estimates = (yield* seriesOf(measured, available)).map((one) => meanIn(one, stretch));
  const estimate = Math.max(...estimates.map((mean) => mean || 0), 0) || Number.NaN;
  const targets = (yield* seriesOf(measured, target, "video"))
    .map((one) => ({ mean: meanIn(one, stretch), most: mostIn(one, stretch) }))
    .filter(({ mean }) => mean > 0);
  const sum = targets.reduce((total, { mean }) => total + mean, 0);
  // What the network sets goes up and down; what an application sets stays as it is, far below what would be there.
  const isSteady = targets.length > 0 && targets.every(({ mean, most }) => mean >= most * STEADY);
  return { estimate, isOwnLimit: isSteady && estimate >= sum * OWN_LIMIT };
}

const LONG_MS = 10_000;
/** So many times what the encoders are to send: audio, retransmission and probing need a part too. */
const OWN_LIMIT = 2;
const STEADY = 0.75;
const reason = metric("outbound-rtp", ["qualityLimitationReason"], { kind: "gauge" });
const target = metric("outbound-rtp", ["targetBitrate"], { kind: "gauge" });
const available = metric("candidate-pair", ["availableOutgoingBitrate"], { kind: "gauge" }, true);
