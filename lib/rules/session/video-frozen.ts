import { specification } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { BadObject, MeasuredConnection } from "../session-quality.ts";
import {
  badObjects,
  eventsOf,
  growthIn,
  isWithout,
  measuredConnections,
  metric,
  secondsOf,
  streamName,
} from "../session-quality.ts";

/** A picture that was seen goes on. webrtc-stats, freezeCount. */
export const videoFrozen: Rule<"session"> = defineRule({
  code: "session/video-frozen",
  subject: "session",
  severity: "warning",
  rfc: specification(
    "webrtc-stats",
    "",
    "https://www.w3.org/TR/webrtc-stats/#dom-rtcinboundrtpstreamstats-freezecount",
  ),
  summary: {
    en: "Video that was decoded goes on while its packets arrive: it does not stand still, or nearly so, for 5 seconds or longer while the receiver asks for what is missing (guideline).",
    ko: "디코딩되던 비디오는 패킷이 오는 동안 계속됩니다. 수신 측이 빠진 것을 요청하는 동안 5초 이상 멈추거나 거의 멈춰 있지 않습니다(지침).",
  },
  *check(context) {
    const { report, skip } = context;
    for (const measured of yield* measuredConnections(context)) {
      const { connection } = measured;
      if (isWithout(measured, skip, frames, "video")) continue;
      const isStarved = ({ object, series, stretch }: BadObject): boolean => {
        const { id } = object;
        // Nothing was ever decoded: another rule's finding. Nothing arrives: the sender stopped, or the way is gone.
        const wasSeen = series.values.some((rate) => rate > SLOW);
        const asked = askedIn(measured, id, stretch);
        const arrived = growthIn(measured, id, "bytesReceived", stretch);
        return wasSeen && arrived > 0 && asked.packets + asked.pictures > 0;
      };
      const bad = (yield* badObjects(measured, frames, (rate) => rate <= SLOW, "video")).filter(
        isStarved,
      );
      const [worst] = bad;
      if (!worst) continue;
      const { object, stretch } = worst;
      const stream = streamName(object, bad.length - 1);
      const { packets, pictures } = askedIn(measured, object.id, stretch);
      const count = growthIn(measured, object.id, "framesDecoded", stretch);
      const time = secondsOf(stretch);
      report(connection, {
        events: eventsOf(measured, stretch),
        t: stretch.start,
        confidence: "likely",
        message: {
          en: `At ${connection.name} ${stream.en} stood still, or nearly so, for ${time} s: ${count} ${count === 1 ? "frame was" : "frames were"} decoded. The receiver asked for lost packets (NACK) ${times(packets)} and for a key frame (PLI) ${times(pictures)}.`,
          ko: `${connection.name}에서 ${stream.ko} 화면이 ${time}초 동안 멈추거나 거의 멈춰 있었습니다. 디코딩된 프레임은 ${count}개입니다. 수신 측은 손실된 패킷을 ${packets}번(NACK), 키 프레임을 ${pictures}번(PLI) 요청했습니다.`,
        },
        advice: {
          en: "See that PLI and NACK reach the sender and are answered (a server has to hand them on), and look at the packet loss and the sender's bitrate of the same seconds.",
          ko: "PLI와 NACK이 송신 측에 도달하고 응답이 오는지(서버가 있다면 전달하는지) 확인하고, 같은 시간의 패킷 손실과 송신 비트레이트를 보십시오.",
        },
      });
    }
  },
});

function askedIn(
  measured: MeasuredConnection,
  id: string,
  stretch: BadObject["stretch"],
): { readonly packets: number; readonly pictures: number } {
  return {
    packets: growthIn(measured, id, "nackCount", stretch),
    pictures: growthIn(measured, id, "pliCount", stretch),
  };
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/** Frames a second: no motion is seen, and each counts as a freeze where there were more before. */
const SLOW = 2;
const frames = metric("inbound-rtp", ["framesDecoded"], { kind: "rate" });
