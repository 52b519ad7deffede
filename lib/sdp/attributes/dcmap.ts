import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** What an `a=dcmap` line says: a data channel agreed on in SDP. RFC 8864 §5.1. */
export interface DataChannelMap {
  /** 0 to 65534. */
  readonly streamId: number;
  /** Options as written: `subprotocol="…";label="…"`, separated by semicolons. */
  readonly options?: string;
}

/**
 * `a=dcmap`: a data channel agreed on in SDP instead of by DCEP. RFC 8864 §5.1.
 *
 *     a=dcmap:2 subprotocol="msrp";label="chat"
 */
export const dcmap: Attribute<DataChannelMap, "streamId" | "options"> = defineAttribute({
  name: "dcmap",
  levels: ["media"],
  multiplicity: "per-key",
  mux: "SPECIAL",
  rfc: rfc(8864, "5.1"),
  read(scan) {
    const streamId = scan.integer("streamId", 65534);
    const options = scan.optionalRest("options");
    return options === undefined ? { streamId } : { streamId, options };
  },
  print: ({ streamId, options }) =>
    options === undefined ? `${streamId}` : `${streamId} ${options}`,
  summary: ({ streamId, options }) => ({
    en: `The data channel on SCTP stream ${streamId} is agreed on here${options === undefined ? "" : ` (${options})`}. Browsers ignore it and use DCEP or createDataChannel with negotiated: true.`,
    ko: `SCTP 스트림 ${streamId}의 데이터 채널을 SDP에서 정합니다${options === undefined ? "" : `(${options})`}. 브라우저는 이 줄을 무시하며, DCEP나 negotiated: true로 만든 createDataChannel을 씁니다.`,
  }),
  parts: {
    streamId: {
      name: { en: "stream id", ko: "스트림 id" },
      meaning: { en: "The SCTP stream, 0 to 65534.", ko: "SCTP 스트림 번호(0~65534)입니다." },
    },
    options: {
      name: { en: "channel options", ko: "채널 옵션" },
      meaning: {
        en: "label, subprotocol, ordered, max-retr, max-time and priority, separated by semicolons.",
        ko: "label, subprotocol, ordered, max-retr, max-time, priority를 세미콜론으로 구분합니다.",
      },
    },
  },
});
