import { specification } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** An `a=sctpmap` line of the old syntax: the port, the protocol over SCTP, and how many streams. */
export interface Sctpmap {
  readonly port: number;
  readonly protocol: string;
  readonly streams?: number;
}

export const sctpmap: Attribute<Sctpmap, "port" | "protocol" | "streams"> = defineAttribute({
  name: "sctpmap",
  levels: ["media"],
  multiplicity: "per-key",
  mux: "TBD",
  rfc: specification(
    "draft-ietf-mmusic-sctp-sdp-05",
    "4.2",
    "https://datatracker.ietf.org/doc/html/draft-ietf-mmusic-sctp-sdp-05#section-4.2",
  ),
  read(scan) {
    const port = scan.integer("port", 65535);
    const protocol = scan.word("protocol");
    scan.blank();
    return scan.isDone
      ? { port, protocol }
      : { port, protocol, streams: scan.integer("streams", 65535) };
  },
  print: ({ port, protocol, streams }) =>
    streams === undefined ? `${port} ${protocol}` : `${port} ${protocol} ${streams}`,
  summary: ({ port, protocol, streams }) => ({
    en: `Data channels in the syntax of old drafts: SCTP port ${port}, ${protocol}${streams === undefined ? "" : `, ${streams} streams`}. Newer descriptions say a=sctp-port and a=max-message-size instead.`,
    ko: `옛 draft 문법으로 쓴 데이터 채널입니다(SCTP 포트 ${port}, ${protocol}${streams === undefined ? "" : `, 스트림 ${streams}개`}). 지금은 a=sctp-port와 a=max-message-size를 씁니다.`,
  }),
  parts: {
    port: {
      name: { en: "SCTP port", ko: "SCTP 포트" },
      meaning: {
        en: "The port inside the SCTP association; the m= line lists it as its format.",
        ko: "SCTP 연결 안의 포트이며, m= 줄의 format에도 나옵니다.",
      },
    },
    protocol: {
      name: { en: "protocol", ko: "프로토콜" },
      meaning: {
        en: "What SCTP carries: webrtc-datachannel.",
        ko: "SCTP가 나르는 것으로, webrtc-datachannel입니다.",
      },
    },
    streams: {
      name: { en: "streams", ko: "스트림 수" },
      meaning: {
        en: "How many SCTP streams this side offers in each direction.",
        ko: "각 방향으로 제안하는 SCTP 스트림 수입니다.",
      },
    },
  },
});
