import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import { optionalWords } from "../fields.ts";

/**
 * `a=rtcp-xr`: which extended RTCP reports this side wants. RFC 3611 §5.1.
 *
 *     a=rtcp-xr:rcvr-rtt=all
 */
export const rtcpXr: Attribute<readonly string[], "report"> = defineAttribute({
  name: "rtcp-xr",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(3611, "5.1"),
  read: (scan) => optionalWords(scan, "report"),
  print: (reports) => reports.join(" "),
  summary: (reports) =>
    reports.length === 0
      ? {
          en: "This side wants no extended RTCP reports.",
          ko: "확장 RTCP 보고(XR)를 요청하지 않습니다.",
        }
      : {
          en: `This side wants these extended RTCP reports (XR): ${reports.join(", ")}. Without them statistics lack the values, nothing else breaks.`,
          ko: `확장 RTCP 보고(XR) ${reports.join(", ")} 항목을 요청합니다. 상대가 보내지 않아도 통계값만 비고 통신에는 문제가 없습니다.`,
        },
  parts: {
    report: {
      name: { en: "report", ko: "보고" },
      meaning: (text) => reportMeanings.get(text.split("=", 1)[0] as string) ?? unknown,
    },
  },
});

const reportMeanings: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    "rcvr-rtt": {
      en: "Who may measure the round trip without sending media: all, or sender.",
      ko: "미디어를 보내지 않고도 왕복 시간을 잴 수 있는 대상으로, all 또는 sender입니다.",
    },
    "stat-summary": {
      en: "Summaries of loss, duplicates, jitter and TTL.",
      ko: "손실, 중복, 지터, TTL 요약 통계입니다.",
    },
    "voip-metrics": { en: "Metrics of voice quality.", ko: "음성 품질 지표입니다." },
    "pkt-loss-rle": { en: "Which packets were lost.", ko: "손실된 패킷의 목록입니다." },
    "pkt-dup-rle": { en: "Which packets came twice.", ko: "중복된 패킷의 목록입니다." },
    "pkt-rcpt-times": { en: "When each packet came.", ko: "패킷별 도착 시각입니다." },
  }),
);

const unknown: Message = {
  en: "A kind of report not known here.",
  ko: "여기서 알지 못하는 보고입니다.",
};
