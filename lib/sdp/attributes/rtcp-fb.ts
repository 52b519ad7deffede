import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** An `a=rtcp-fb` line: a kind of feedback that a payload type, or `*` for all, may use. RFC 4585 §4.2. */
export interface RtcpFeedback {
  readonly payloadType: string;
  /** Such as `nack pli`. */
  readonly feedback: string;
}

export const rtcpFb: Attribute<RtcpFeedback, "payloadType" | "feedback"> = defineAttribute({
  name: "rtcp-fb",
  levels: ["media"],
  multiplicity: "many",
  mux: "IDENTICAL-PER-PT",
  rfc: rfc(4585, "4.2"),
  read(scan) {
    const payloadType = scan.word("payloadType");
    // Pion leaves a blank at the end: "nack " must be the same as "nack".
    const rest = scan.rest("feedback");
    const feedback = rest.endsWith(" ") ? rest.trimEnd() : rest;
    if (feedback === "") scan.missing("feedback");
    return { payloadType, feedback };
  },
  print: ({ payloadType, feedback }) => `${payloadType} ${feedback}`,
  summary({ payloadType, feedback }, { media }) {
    const codec = media?.codecs.find(({ format }) => format === payloadType)?.name;
    const of = codec === undefined ? `payload type ${payloadType}` : `${codec} (${payloadType})`;
    const kind = kinds.get(feedback) ?? timed(feedback) ?? unknown;
    return payloadType === "*"
      ? {
          en: `For every codec of this section, ${feedback}: ${kind.en}.`,
          ko: `이 섹션의 모든 코덱에 ${feedback} 피드백을 씁니다. ${kind.ko}.`,
        }
      : {
          en: `For ${of}, ${feedback}: ${kind.en}.`,
          ko: `${of}에 ${feedback} 피드백을 씁니다. ${kind.ko}.`,
        };
  },
  parts: {
    payloadType: {
      name: { en: "payload type", ko: "payload type" },
      meaning: {
        en: "The codec to which the feedback belongs; * stands for all codecs of the section.",
        ko: "피드백이 적용되는 코덱입니다. *는 섹션의 모든 코덱을 뜻합니다.",
      },
    },
    feedback: {
      name: { en: "feedback", ko: "피드백" },
      meaning(text) {
        const { en, ko } = kinds.get(text.trimEnd()) ?? timed(text) ?? unknown;
        return { en: `${en.charAt(0).toUpperCase()}${en.slice(1)}.`, ko: `${ko}.` };
      },
    },
  },
});

const kinds: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    nack: {
      en: "lost packets are reported and sent again",
      ko: "잃어버린 패킷을 알려 다시 받습니다",
    },
    "nack pli": {
      en: "a receiver whose picture is broken asks for a key frame (picture loss indication)",
      ko: "화면이 깨진 수신자가 키 프레임을 요청합니다(picture loss indication)",
    },
    "nack sli": {
      en: "a receiver tells which part of the picture it lost",
      ko: "수신자가 화면에서 잃어버린 부분을 알립니다",
    },
    "nack rpsi": {
      en: "a receiver tells which reference picture it has",
      ko: "수신자가 가지고 있는 참조 화면을 알립니다",
    },
    "ccm fir": {
      en: "a full key frame can be demanded, as when somebody joins (full intra request)",
      ko: "새 참가자가 들어올 때처럼 완전한 키 프레임을 요구할 수 있습니다(full intra request)",
    },
    "ccm tmmbr": {
      en: "a receiver can limit the sender's bit rate",
      ko: "수신자가 송신 비트레이트를 제한할 수 있습니다",
    },
    "goog-remb": {
      en: "the receiver estimates the bandwidth and tells the sender (REMB); transport-cc is its successor",
      ko: "수신자가 대역폭을 추정해 송신자에게 알립니다(REMB). 지금은 transport-cc가 대신합니다",
    },
    "transport-cc": {
      en: "the receiver reports when each packet arrived, and the sender estimates the bandwidth from it; it needs the transport-wide sequence number header extension",
      ko: "수신자가 패킷별 도착 시각을 알리면 송신자가 대역폭을 추정합니다. transport-wide 순번 헤더 확장이 필요합니다",
    },
    "ack ccfb": {
      en: "the receiver reports arrival times for congestion control as RFC 8888 does",
      ko: "수신자가 RFC 8888 방식으로 혼잡 제어용 도착 시각을 알립니다",
    },
    rrtr: {
      en: "a receiver can measure the round trip (receiver reference time)",
      ko: "수신자가 왕복 시간을 잴 수 있습니다(receiver reference time)",
    },
  }),
);

const unknown: Message = {
  en: "a kind of feedback not known here; a receiver ignores what it does not know",
  ko: "여기서 알지 못하는 피드백이며, 받는 쪽은 모르는 피드백을 무시합니다",
};

function timed(feedback: string): Message | undefined {
  const [kind, interval] = feedback.split(" ");
  return kind === "trr-int" && interval !== undefined
    ? {
        en: `at least ${interval} milliseconds lie between two regular RTCP reports`,
        ko: `정기 RTCP 보고를 최소 ${interval}밀리초 간격으로 보냅니다`,
      }
    : undefined;
}
