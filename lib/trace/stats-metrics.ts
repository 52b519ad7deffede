import type { Message } from "../text.ts";

/**
 * What the values of a metric are. `ratio` is a share of 1; `1/s` counts things a second; `""` is a plain number as the
 * engine gave it.
 */
export type StatsUnit =
  | "bit/s"
  | "byte"
  | "byte/s"
  | "frame/s"
  | "ms"
  | "px"
  | "ratio"
  | "1/s"
  | "";

/** Something to be drawn over time: which members of which statistics object it is worked out from, and how. */
export interface StatsMetric {
  /** The type and the members that it is worked out from, such as `outbound-rtp/bytesSent`. */
  readonly id: string;
  /** W3C's RTCStatsType. */
  readonly type: string;
  /** W3C's names of the dictionary members, the one it is named after first. */
  readonly members: readonly string[];
  readonly unit: StatsUnit;
  /** Absent for a member that has no name of its own here: its W3C name says what it is. */
  readonly name?: Message;
  readonly formula: StatsFormula;
  /** It is told of a candidate pair while that is the selected one alone. */
  readonly isOfSelectedPair?: true;
}

/**
 * How a value comes from the members. Of two reports that follow each other:
 * `gauge`: the later report's member. `rate`: what the counter grew by, a second. `mean`: what the first member grew by for each
 * one that the second grew by. `share`: what the first member grew by, of what both grew by.
 */
export type StatsFormula =
  | { readonly kind: "gauge"; readonly scale?: number }
  | { readonly kind: "rate"; readonly scale?: number }
  | { readonly kind: "mean"; readonly scale?: number }
  | { readonly kind: "share" };

/** W3C's identifiers for statistics (webrtc-stats) that are drawn over time, what one looks at first standing first. */
export const statsMetrics: readonly StatsMetric[] = [
  rate("outbound-rtp", "bytesSent", "bit/s", "Outgoing bitrate", "보내는 비트레이트"),
  rate("inbound-rtp", "bytesReceived", "bit/s", "Incoming bitrate", "받는 비트레이트"),
  {
    ...of("inbound-rtp", ["packetsLost", "packetsReceived"], "ratio", { kind: "share" }),
    name: { en: "Incoming packets lost", ko: "받는 패킷 손실률" },
  },
  gauge("remote-inbound-rtp", "fractionLost", "ratio", "Outgoing packets lost", "보낸 패킷 손실률"),
  gauge("inbound-rtp", "jitter", "ms", "Jitter", "지터"),
  gauge("remote-inbound-rtp", "roundTripTime", "ms", "Round trip time", "왕복 시간"),
  pair(
    "currentRoundTripTime",
    "ms",
    "Round trip time of the selected pair",
    "선택된 쌍의 왕복 시간",
  ),
  pair(
    "availableOutgoingBitrate",
    "bit/s",
    "Available outgoing bitrate",
    "보낼 수 있는 비트레이트(추정)",
  ),
  gauge("outbound-rtp", "framesPerSecond", "frame/s", "Frames per second, sent", "보내는 프레임률"),
  gauge(
    "inbound-rtp",
    "framesPerSecond",
    "frame/s",
    "Frames per second, received",
    "받는 프레임률",
  ),
  gauge("outbound-rtp", "frameHeight", "px", "Frame height, sent", "보내는 프레임 높이"),
  gauge("inbound-rtp", "frameHeight", "px", "Frame height, received", "받는 프레임 높이"),
  mean(
    "inbound-rtp",
    ["concealedSamples", "totalSamplesReceived"],
    "ratio",
    "Concealed audio",
    "은닉된 오디오 비율",
  ),
  gauge("inbound-rtp", "audioLevel", "ratio", "Audio level, received", "받는 오디오 레벨"),
  gauge("media-source", "audioLevel", "ratio", "Audio level, sent", "보내는 오디오 레벨"),
  pairRate("bytesSent", "bit/s", "Selected pair, outgoing", "선택된 쌍, 보내는 비트레이트"),
  pairRate("bytesReceived", "bit/s", "Selected pair, incoming", "선택된 쌍, 받는 비트레이트"),
  rate("data-channel", "bytesSent", "byte/s", "Data channel, sent", "데이터 채널, 보낸 양"),
  rate("data-channel", "bytesReceived", "byte/s", "Data channel, received", "데이터 채널, 받은 양"),
  mean(
    "inbound-rtp",
    ["jitterBufferDelay", "jitterBufferEmittedCount"],
    "ms",
    "Jitter buffer delay",
    "지터 버퍼 지연",
  ),
  mean(
    "inbound-rtp",
    ["totalDecodeTime", "framesDecoded"],
    "ms",
    "Decoding time for each frame",
    "프레임당 디코딩 시간",
  ),
  mean(
    "outbound-rtp",
    ["totalEncodeTime", "framesEncoded"],
    "ms",
    "Encoding time for each frame",
    "프레임당 인코딩 시간",
  ),
  mean(
    "outbound-rtp",
    ["totalPacketSendDelay", "packetsSent"],
    "ms",
    "Send delay of each packet",
    "패킷당 송신 지연",
  ),
  mean("outbound-rtp", ["qpSum", "framesEncoded"], "", "QP of sent frames", "보낸 프레임의 QP"),
  mean("inbound-rtp", ["qpSum", "framesDecoded"], "", "QP of received frames", "받은 프레임의 QP"),
  gauge("outbound-rtp", "targetBitrate", "bit/s", "Target bitrate", "목표 비트레이트"),
  rate(
    "outbound-rtp",
    "retransmittedBytesSent",
    "bit/s",
    "Retransmitted, outgoing",
    "재전송 비트레이트",
  ),
  pair(
    "availableIncomingBitrate",
    "bit/s",
    "Available incoming bitrate",
    "받을 수 있는 비트레이트(추정)",
  ),
  gauge("remote-inbound-rtp", "jitter", "ms", "Jitter at the other side", "상대편의 지터"),
  gauge(
    "remote-outbound-rtp",
    "roundTripTime",
    "ms",
    "Round trip time, by the sender's reports",
    "왕복 시간(송신 보고 기준)",
  ),
  rate(
    "inbound-rtp",
    "packetsLost",
    "1/s",
    "Incoming packets lost a second",
    "초당 받는 패킷 손실",
  ),
  rate("inbound-rtp", "packetsReceived", "1/s", "Packets received", "받은 패킷"),
  rate("outbound-rtp", "packetsSent", "1/s", "Packets sent", "보낸 패킷"),
  rate("inbound-rtp", "framesDropped", "1/s", "Frames dropped", "버려진 프레임"),
  rate("inbound-rtp", "freezeCount", "1/s", "Freezes", "화면 멈춤"),
  rate("inbound-rtp", "nackCount", "1/s", "NACKs sent", "보낸 NACK"),
  rate("outbound-rtp", "nackCount", "1/s", "NACKs received", "받은 NACK"),
  rate("inbound-rtp", "pliCount", "1/s", "PLIs sent", "보낸 PLI"),
  rate("outbound-rtp", "pliCount", "1/s", "PLIs received", "받은 PLI"),
  rate("transport", "bytesSent", "bit/s", "Transport, outgoing", "전송 계층, 보내는 비트레이트"),
  rate("transport", "bytesReceived", "bit/s", "Transport, incoming", "전송 계층, 받는 비트레이트"),
];

/**
 * The metric for a member that has no formula of its own: what a counter grows by in a second, anything else as it is.
 * `undefined` for members that are numbers and still no measure: ports, SSRCs, moments.
 */
export function metricOfMember(type: string, member: string): StatsMetric | undefined {
  if (noMeasures.has(member) || member.endsWith("Timestamp")) return undefined;
  if (seconds.has(member)) return of(type, [member], "ms", { kind: "gauge", scale: 1000 });
  return isCounter(member)
    ? of(type, [member], unitOfRate(member), { kind: "rate" })
    : of(type, [member], "", { kind: "gauge" });
}

/** What a sum of seconds grows by in a second is a share of the time. */
function unitOfRate(member: string): StatsUnit {
  if (/^total(?:(?:Decode|Encode|Assembly)Time|.*Duration)$/.test(member)) return "ratio";
  return /bytes/i.test(member) ? "byte/s" : "1/s";
}

/** Numbers that name or describe something. */
const noMeasures: ReadonlySet<string> = new Set([
  "timestamp",
  "ssrc",
  "rtxSsrc",
  "fecSsrc",
  "port",
  "relatedPort",
  "priority",
  "payloadType",
  "clockRate",
  "channels",
  "dataChannelIdentifier",
  "sdpMLineIndex",
  "encodingIndex",
  "networkId",
  "componentId",
]);

/** Durations that are no sums. */
const seconds: ReadonlySet<string> = new Set(["jitter", "roundTripTime", "currentRoundTripTime"]);

/** By W3C's habit of naming, sums since the object was made are called so. */
function isCounter(member: string): boolean {
  if (member === "framesPerSecond") return false;
  return (
    /^(?:total|bytes|packets|frames|messages|requests|responses|keyFrames|headerBytes|retransmi|fec[A-Z]|concealed|silentConcealed|inserted|removed|dataChannels|squared)/.test(
      member,
    ) || /(?:Count|Sent|Received|Delay|Measurements|Changes|Events|Sum|Restarts)$/.test(member)
  );
}

function of(
  type: string,
  members: readonly string[],
  unit: StatsUnit,
  formula: StatsFormula,
): StatsMetric {
  return { id: `${type}/${members.join("/")}`, type, members, unit, formula };
}

function rate(type: string, member: string, unit: StatsUnit, en: string, ko: string): StatsMetric {
  const scale = unit === "bit/s" ? 8 : 1;
  return { ...of(type, [member], unit, { kind: "rate", scale }), name: { en, ko } };
}

/** W3C gives durations in seconds. */
function gauge(type: string, member: string, unit: StatsUnit, en: string, ko: string): StatsMetric {
  const scale = unit === "ms" ? 1000 : 1;
  return { ...of(type, [member], unit, { kind: "gauge", scale }), name: { en, ko } };
}

function mean(
  type: string,
  members: readonly [sum: string, count: string],
  unit: StatsUnit,
  en: string,
  ko: string,
): StatsMetric {
  const scale = unit === "ms" ? 1000 : 1;
  return { ...of(type, members, unit, { kind: "mean", scale }), name: { en, ko } };
}

function pair(member: string, unit: StatsUnit, en: string, ko: string): StatsMetric {
  return { ...gauge("candidate-pair", member, unit, en, ko), isOfSelectedPair: true };
}

function pairRate(member: string, unit: StatsUnit, en: string, ko: string): StatsMetric {
  return { ...rate("candidate-pair", member, unit, en, ko), isOfSelectedPair: true };
}
