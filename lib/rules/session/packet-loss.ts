import { specification } from "../../rfc.ts";
import type { Rule, SessionFinding } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { BadObject, MeasuredConnection } from "../session-quality.ts";
import {
  badObjects,
  eventsOf,
  isWithout,
  measuredConnections,
  metric,
  percent,
  secondsOf,
  streamName,
} from "../session-quality.ts";

/** Packets arrive. The congestion control of browsers stops raising its rate at 2 % loss and lowers it from 10 % on. */
export const packetLoss: Rule<"session"> = defineRule({
  code: "session/packet-loss",
  subject: "session",
  severity: "warning",
  rfc: specification(
    "draft-ietf-rmcat-gcc",
    "6",
    "https://datatracker.ietf.org/doc/html/draft-ietf-rmcat-gcc-02#section-6",
  ),
  summary: {
    en: "RTP packets arrive: the loss does not stay over 2 % for 5 seconds or longer, let alone over 10 %, where a sender has to slow down (guideline).",
    ko: "RTP 패킷이 도착합니다. 손실률 2 % 초과가 5초 이상 이어지지 않아야 하며, 10 %를 넘으면 송신 측이 속도를 낮춰야 합니다(지침).",
  },
  *check(context) {
    const { session, report, skip } = context;
    for (const measured of yield* measuredConnections(context)) {
      const { connection } = measured;
      if (!isWithout(measured, skip, received)) {
        const bad = yield* badObjects(measured, received, isLossy);
        if (isSome(bad)) report(connection, lossOf(measured, bad, false));
      }
      // Where the other end was measured itself, that says more than what it reports by RTCP.
      const other = session.otherEnd(connection);
      if (other && other.stats.length > 0) continue;
      if (!isWithout(measured, skip, reported)) {
        const bad = yield* badObjects(measured, reported, isLossy);
        if (isSome(bad)) report(connection, lossOf(measured, bad, true));
      }
    }
  },
});

function lossOf(
  measured: MeasuredConnection,
  [worst, ...others]: readonly [BadObject, ...BadObject[]],
  isOutgoing: boolean,
): SessionFinding {
  const { name } = measured.connection;
  const { object, stretch } = worst;
  const stream = streamName(object, others.length);
  const [share, time] = [percent(stretch.mean), secondsOf(stretch)];
  const isHeavy = stretch.mean >= HEAVY;
  return {
    events: eventsOf(measured, stretch),
    t: stretch.start,
    severity: isHeavy ? "warning" : "info",
    message: isOutgoing
      ? {
          en: `${share} of the packets of ${stream.en} that ${name} sent were lost for ${time} s, as the other side reported by RTCP.`,
          ko: `${name}이(가) 보낸 ${stream.ko} 패킷의 ${share}가 ${time}초 동안 손실되었다고 상대가 RTCP로 보고했습니다.`,
        }
      : {
          en: `${share} of the packets of ${stream.en} to ${name} were lost for ${time} s.`,
          ko: `${name}(으)로 오는 ${stream.ko} 패킷의 ${share}가 ${time}초 동안 손실되었습니다.`,
        },
    advice: isHeavy
      ? {
          en: "Look at the last mile first: Wi-Fi, a VPN, an uplink that others fill. If it happens on every network, send less (maxBitrate, fewer layers) or look at the server's own loss.",
          ko: "먼저 Wi-Fi, VPN, 다른 트래픽이 가득 채운 업링크를 확인하십시오. 어느 네트워크에서나 같다면 비트레이트(maxBitrate, 레이어 수)를 줄이거나 서버 쪽 손실을 확인하십시오.",
        }
      : {
          en: "Retransmission (NACK, RTX), FEC and the audio codec's own repair hide loss of this size; see that they were negotiated.",
          ko: "이 정도 손실은 재전송(NACK, RTX), FEC, 오디오 코덱의 복구로 가려집니다. 협상되었는지 확인하십시오.",
        },
  };
}

const HOLD = 0.02;
const HEAVY = 0.1;
const isLossy = (share: number): boolean => share > HOLD;
const received = metric("inbound-rtp", ["packetsLost", "packetsReceived"], { kind: "share" });
const reported = metric("remote-inbound-rtp", ["fractionLost"], { kind: "gauge" });

function isSome(list: readonly BadObject[]): list is readonly [BadObject, ...BadObject[]] {
  return list.length > 0;
}
