import { specification } from "../../rfc.ts";
import type { StatsSeries } from "../../trace/stats-series.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { BadObject } from "../session-quality.ts";
import {
  eventsOf,
  isWithout,
  longestFirst,
  meanIn,
  measuredConnections,
  metric,
  percent,
  secondsOf,
  seriesOf,
  streamName,
} from "../session-quality.ts";
import { longestStretch } from "../stretch.ts";

/** What is heard was sent, not made up. webrtc-stats, concealedSamples. */
export const audioConcealed: Rule<"session"> = defineRule({
  code: "session/audio-concealed",
  subject: "session",
  severity: "warning",
  rfc: specification(
    "webrtc-stats",
    "",
    "https://www.w3.org/TR/webrtc-stats/#dom-rtcinboundrtpstreamstats-concealedsamples",
  ),
  summary: {
    en: "What is played was sent: no more than a tenth of the audio is made up by the receiver for 5 seconds or longer, silence aside (guideline).",
    ko: "재생되는 소리는 상대가 보낸 것입니다. 무음을 빼고, 수신 측이 만들어 낸 오디오가 5초 이상 10분의 1을 넘지 않습니다(지침).",
  },
  *check(context) {
    const { report, skip } = context;
    for (const measured of yield* measuredConnections(context)) {
      const { connection } = measured;
      if (isWithout(measured, skip, concealed, "audio")) continue;
      const silences = yield* seriesOf(measured, silent, "audio");
      const bad: BadObject[] = [];
      for (const series of yield* seriesOf(measured, concealed, "audio")) {
        const { object } = series;
        const isSame = (other: StatsSeries): boolean => other.object.id === object.id;
        const heard = without(series, silences.find(isSame));
        const stretch = longestStretch(heard, (share) => share > MOST);
        if (stretch) bad.push({ object, series, stretch });
      }
      const [worst] = longestFirst(bad);
      if (!worst) continue;
      const { object, stretch } = worst;
      const losses = (yield* seriesOf(measured, lost, "audio")).find(
        (series) => series.object.id === object.id,
      );
      const loss = losses ? meanIn(losses, stretch) : Number.NaN;
      const isLost = loss >= stretch.mean / 2;
      const stream = streamName(object, bad.length - 1);
      const [share, time] = [percent(stretch.mean), secondsOf(stretch)];
      report(connection, {
        events: eventsOf(measured, stretch),
        t: stretch.start,
        message: {
          en: `${share} of what ${connection.name} played of ${stream.en} was made up for ${time} s. Words were missing or sounded like a robot. ${isLost ? `${percent(loss)} of the packets were lost.` : `${Number.isNaN(loss) ? "The" : `Only ${percent(loss)} of the packets were lost: the`} packets came too late to be played, or none were sent.`}`,
          ko: `${connection.name}이(가) 재생한 ${stream.ko}의 ${share}가 ${time}초 동안 만들어 낸 소리였습니다. 말이 빠지거나 기계음처럼 들렸을 것입니다. ${isLost ? `패킷의 ${percent(loss)}가 손실되었습니다.` : `${Number.isNaN(loss) ? "" : `패킷 손실은 ${percent(loss)}뿐이므로, `}패킷이 재생하기에 너무 늦게 왔거나 보내지지 않은 것입니다.`}`,
        },
        advice: isLost
          ? {
              en: "Mend the loss, and see that Opus has useinbandfec=1 or that RED was negotiated: both carry a copy of the sound before.",
              ko: "손실을 줄이고, Opus의 useinbandfec=1이나 RED가 협상되었는지 확인하십시오. 둘 다 바로 앞 소리의 사본을 함께 보냅니다.",
            }
          : {
              en: "Look at the jitter and the sender: a busy thread, a device that was suspended, or DTX at a sender whose receiver does not know of it.",
              ko: "지터와 송신 측을 확인하십시오. 바쁜 스레드, 일시 중지된 장치, 수신 측이 모르는 DTX가 원인일 수 있습니다.",
            },
      });
    }
  },
});

/** The concealed part that is no silence; a silence that goes on is concealed on purpose. */
function without(all: StatsSeries, silence: StatsSeries | undefined): StatsSeries {
  if (!silence) return all;
  const silentAt = new Map<number, number>();
  for (const [index, t] of silence.t.entries()) silentAt.set(t, silence.values[index] ?? 0);
  return {
    ...all,
    values: all.values.map((value, index) => value - (silentAt.get(all.t[index] ?? 0) ?? 0)),
  };
}

const MOST = 0.1;
const concealed = metric("inbound-rtp", ["concealedSamples", "totalSamplesReceived"], {
  kind: "mean",
});
const silent = metric("inbound-rtp", ["silentConcealedSamples", "totalSamplesReceived"], {
  kind: "mean",
});
const lost = metric("inbound-rtp", ["packetsLost", "packetsReceived"], { kind: "share" });
