import { specification } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { Connection } from "../session.ts";
import {
  badObjects,
  eventsOf,
  isWithout,
  measuredConnections,
  metric,
  secondsOf,
  seriesOf,
} from "../session-quality.ts";

/** The way there and back is short enough to talk. ITU-T G.114. */
export const roundTripTime: Rule<"session"> = defineRule({
  code: "session/round-trip-time",
  subject: "session",
  severity: "warning",
  rfc: specification("ITU-T G.114", "", "https://www.itu.int/rec/T-REC-G.114"),
  summary: {
    en: "The round trip time stays under 300 ms, or at the very least under 800 ms: twice the 150 and 400 ms one way that people can talk over (guideline).",
    ko: "왕복 시간이 300 ms, 아무리 길어도 800 ms를 계속 넘는 일이 없습니다. 대화가 가능한 단방향 150 ms와 400 ms의 두 배입니다(지침).",
  },
  *check(context) {
    const { session, report, skip } = context;
    const told = new Set<Connection>();
    for (const measured of yield* measuredConnections(context)) {
      const { connection } = measured;
      // Both ends measure the same way.
      const other = session.otherEnd(connection);
      if (other && told.has(other)) continue;
      const [byStun] = yield* badObjects(measured, ofPair, isLong);
      const [worst] = byStun ? [byStun] : yield* badObjects(measured, ofStream, isLong);
      if (!worst) {
        // RTCP tells it too where the pairs do not.
        if ((yield* seriesOf(measured, ofStream)).length === 0) isWithout(measured, skip, ofPair);
        continue;
      }
      told.add(connection);
      const { stretch } = worst;
      const isFar = stretch.mean > FAR_MS;
      const [mean, time] = [Math.round(stretch.mean), secondsOf(stretch)];
      report(connection, {
        events: eventsOf(measured, stretch),
        t: stretch.start,
        severity: isFar ? "warning" : "info",
        message: {
          en: `The round trip from ${connection.name} took ${mean} ms on average for ${time} s. ${isFar ? "People talk over each other." : "With capture, coding and playout on top, a conversation begins to feel slow."}`,
          ko: `${connection.name}의 왕복 시간이 ${time}초 동안 평균 ${mean} ms였습니다. ${isFar ? "말이 서로 겹칠 정도입니다." : "캡처, 인코딩, 재생 시간까지 더하면 대화가 느리게 느껴지기 시작합니다."}`,
        },
        advice: {
          en: "See whether it is distance or a queue: if it grows with the bitrate, something fills the line (send less); if it is steady, use a TURN server or SFU nearer to both, and look whether a relay or a VPN makes the detour.",
          ko: "거리 때문인지 대기열 때문인지 확인하십시오. 비트레이트와 함께 늘어나면 회선이 가득 찬 것이니 전송량을 줄이십시오. 일정하면 양쪽에 더 가까운 TURN 서버나 SFU를 쓰고, 릴레이나 VPN으로 돌아가는지 확인하십시오.",
        },
      });
    }
  },
});

const SLOW_MS = 300;
const FAR_MS = 800;
const isLong = (ms: number): boolean => ms > SLOW_MS;
// What was measured since the report before: the member that tells the latest value says it again until there is another.
const ofPair = metric(
  "candidate-pair",
  ["totalRoundTripTime", "responsesReceived"],
  { kind: "mean", scale: 1000 },
  true,
);
const ofStream = metric("remote-inbound-rtp", ["totalRoundTripTime", "roundTripTimeMeasurements"], {
  kind: "mean",
  scale: 1000,
});
