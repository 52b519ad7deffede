import { specification } from "../../rfc.ts";
import type { StatsSeries } from "../../trace/stats-series.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import {
  eventsOf,
  isWithout,
  kilobits,
  longestFirst,
  meanIn,
  measuredConnections,
  metric,
  secondsOf,
  seriesOf,
} from "../session-quality.ts";
import type { Stretch } from "../stretch.ts";
import { LEAST_STRETCH_MS, longestStretch } from "../stretch.ts";

/** What the network carries does not break down. webrtc-stats, availableOutgoingBitrate. */
export const bandwidthCollapsed: Rule<"session"> = defineRule({
  code: "session/bandwidth-collapsed",
  subject: "session",
  severity: "warning",
  rfc: specification(
    "webrtc-stats",
    "",
    "https://www.w3.org/TR/webrtc-stats/#dom-rtcicecandidatepairstats-availableoutgoingbitrate",
  ),
  summary: {
    en: "The bandwidth that congestion control estimates does not fall to a quarter of what it was, and stay there for 5 seconds or longer, while the sender needs it (guideline).",
    ko: "혼잡 제어가 추정한 대역폭이, 송신 측이 필요로 하는 동안 이전의 4분의 1로 떨어져 5초 이상 머물지 않습니다(지침).",
  },
  *check(context) {
    const { report, skip } = context;
    for (const measured of yield* measuredConnections(context)) {
      const { connection } = measured;
      if (isWithout(measured, skip, estimate)) continue;
      const sent = yield* seriesOf(measured, sending);
      const found: { readonly before: number; readonly stretch: Stretch }[] = [];
      for (const series of yield* seriesOf(measured, estimate)) {
        const held = levelsBefore(series);
        const isLow = (value: number, index: number): boolean =>
          value <= (held[index] ?? 0) / FALLEN;
        const stretch = longestStretch(series, isLow);
        if (!stretch) continue;
        const rates = sent.find(({ object }) => object.id === series.object.id);
        // A low estimate that nobody uses up is noticed by nobody.
        if (!rates || meanIn(rates, stretch) < stretch.mean / 2) continue;
        const at = series.t.indexOf(stretch.start);
        found.push({ before: held[at] ?? 0, stretch });
      }
      const [worst] = longestFirst(found);
      if (!worst) continue;
      const { before, stretch } = worst;
      const [high, low, time] = [kilobits(before), kilobits(stretch.mean), secondsOf(stretch)];
      report(connection, {
        events: eventsOf(measured, stretch),
        t: stretch.start,
        message: {
          en: `The bandwidth that ${connection.name} can send with fell from ${high} to ${low} on average and stayed there for ${time} s. Video had to shrink to fit.`,
          ko: `${connection.name}이(가) 보낼 수 있는 대역폭이 ${high}에서 평균 ${low}로 떨어져 ${time}초 동안 그대로였습니다. 비디오가 그만큼 줄어야 했습니다.`,
        },
        advice: {
          en: "Look at what changed just before: the selected pair (Wi-Fi to mobile, direct to relay), the packet loss, the round trip time, another upload on the same line.",
          ko: "바로 앞에서 무엇이 바뀌었는지 보십시오. 선택된 쌍(Wi-Fi에서 모바일로, 직접 연결에서 릴레이로), 패킷 손실, 왕복 시간, 같은 회선의 다른 업로드를 확인하십시오.",
        },
      });
    }
  },
});

/** For each value the highest level that was held for five seconds before it: what one high value reached does not count. */
function levelsBefore({ t, values }: StatsSeries): Float64Array {
  const levels = new Float64Array(t.length);
  let level = 0;
  let start = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (let index = 0; index < t.length; index++) {
    const now = t[index] ?? 0;
    const value = values[index] ?? Number.NaN;
    levels[index] = level;
    lowest = Math.min(lowest, value);
    if (!Number.isNaN(value) && now - (t[start] ?? 0) < LEAST_STRETCH_MS) continue;
    level = Math.max(level, lowest || 0);
    start = index;
    lowest = Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  }
  return levels;
}

const FALLEN = 4;
const estimate = metric("candidate-pair", ["availableOutgoingBitrate"], { kind: "gauge" }, true);
const sending = metric("candidate-pair", ["bytesSent"], { kind: "rate", scale: 8 }, true);
