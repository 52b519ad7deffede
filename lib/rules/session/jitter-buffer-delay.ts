import { specification } from "../../rfc.ts";
import type { StatsSeries } from "../../trace/stats-series.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import {
  badObjects,
  eventsOf,
  isWithout,
  meanIn,
  measuredConnections,
  metric,
  secondsOf,
  seriesOf,
  streamName,
} from "../session-quality.ts";

/** What arrives is played soon. ITU-T G.114. */
export const jitterBufferDelay: Rule<"session"> = defineRule({
  code: "session/jitter-buffer-delay",
  subject: "session",
  severity: "warning",
  rfc: specification("ITU-T G.114", "", "https://www.itu.int/rec/T-REC-G.114"),
  summary: {
    en: "The jitter buffer alone does not hold up audio or video for more than the 150 ms, or at the very least the 400 ms, that the whole way from mouth to ear may take (guideline).",
    ko: "지터 버퍼만으로 오디오나 비디오가 150 ms, 아무리 길어도 400 ms 넘게 지연되지 않습니다. 입에서 귀까지 전체 구간에 허용되는 시간입니다(지침).",
  },
  *check(context) {
    const { report, skip } = context;
    for (const measured of yield* measuredConnections(context)) {
      const { connection } = measured;
      for (const kind of ["audio", "video"]) {
        if (isWithout(measured, skip, delay, kind)) continue;
        const bad = yield* badObjects(measured, delay, isLong, kind);
        const [worst] = bad;
        if (!worst) continue;
        const { object, stretch } = worst;
        const stream = streamName(object, bad.length - 1);
        const [mean, time] = [Math.round(stretch.mean), secondsOf(stretch)];
        const ofObject = (list: readonly StatsSeries[]): number => {
          const series = list.find((one) => one.object.id === object.id);
          return series ? meanIn(series, stretch) : Number.NaN;
        };
        const aimedMs = ofObject(yield* seriesOf(measured, aimed, kind));
        const neededMs = ofObject(yield* seriesOf(measured, needed, kind));
        const half = stretch.mean / 2;
        const isWanted = neededMs < half && aimedMs - neededMs >= half;
        report(connection, {
          events: eventsOf(measured, stretch),
          t: stretch.start,
          severity: stretch.mean > FAR_MS && !isWanted ? "warning" : "info",
          message: isWanted
            ? {
                en: `The jitter buffer of ${connection.name} held up ${stream.en} for ${mean} ms on average over ${time} s. The network alone would have needed ${Math.round(neededMs)} ms: the rest comes of jitterBufferTarget or of keeping sound and picture together.`,
                ko: `${connection.name}의 지터 버퍼가 ${stream.ko}을(를) ${time}초 동안 평균 ${mean} ms 지연시켰습니다. 네트워크만으로는 ${Math.round(neededMs)} ms면 되었고, 나머지는 jitterBufferTarget이나 소리와 영상의 동기화 때문입니다.`,
              }
            : {
                en: `The jitter buffer of ${connection.name} held up ${stream.en} for ${mean} ms on average over ${time} s. The packets come at uneven times, or late, sent again.`,
                ko: `${connection.name}의 지터 버퍼가 ${stream.ko}을(를) ${time}초 동안 평균 ${mean} ms 지연시켰습니다. 패킷이 불규칙한 간격으로 오거나 재전송되어 늦게 온 것입니다.`,
              },
          advice: isWanted
            ? {
                en: "Lower jitterBufferTarget on the receiver, or find which of the two streams is late.",
                ko: "receiver의 jitterBufferTarget을 낮추거나, 두 스트림 중 어느 쪽이 늦는지 찾으십시오.",
              }
            : {
                en: "Look at the jitter, the packet loss and the round trip time of the same seconds: a queue that fills and empties (Wi-Fi, a busy uplink, a sender that sends in bursts) does this.",
                ko: "같은 시간의 지터, 패킷 손실, 왕복 시간을 보십시오. 찼다가 비는 대기열(Wi-Fi, 붐비는 업링크, 몰아서 보내는 송신 측)이 원인입니다.",
              },
        });
      }
    }
  },
});

const SLOW_MS = 150;
const FAR_MS = 400;
const isLong = (ms: number): boolean => ms > SLOW_MS;
const milliseconds = { kind: "mean", scale: 1000 } as const;
const delay = metric(
  "inbound-rtp",
  ["jitterBufferDelay", "jitterBufferEmittedCount"],
  milliseconds,
);
const aimed = metric(
  "inbound-rtp",
  ["jitterBufferTargetDelay", "jitterBufferEmittedCount"],
  milliseconds,
);
/** The aim that the network alone would have asked for. */
const needed = metric(
  "inbound-rtp",
  ["jitterBufferMinimumDelay", "jitterBufferEmittedCount"],
  milliseconds,
);
