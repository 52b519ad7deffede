import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** What an `a=rtcp` line says: where RTCP goes when it has a port of its own. RFC 3605 §2.1. */
export interface Rtcp {
  readonly port: number;
  /** Absent when only the port is given: then the address of the `c=` line counts. */
  readonly address?: {
    readonly netType: string;
    readonly addressType: string;
    readonly address: string;
  };
}

type Part = "port" | "netType" | "addressType" | "address";

/**
 * `a=rtcp`. RFC 3605 §2.1.
 *
 *     a=rtcp:9 IN IP4 0.0.0.0
 *            ^ a placeholder: the real port stands in the candidates
 */
export const rtcp: Attribute<Rtcp, Part> = defineAttribute({
  name: "rtcp",
  levels: ["media"],
  multiplicity: "one",
  mux: "TRANSPORT",
  rfc: rfc(3605, "2.1"),
  read(scan) {
    const port = scan.integer("port", 65535);
    scan.blank();
    if (scan.isDone) return { port };
    const netType = scan.word("netType");
    const addressType = scan.word("addressType");
    return { port, address: { netType, addressType, address: scan.word("address") } };
  },
  print: ({ port, address }) =>
    address === undefined
      ? `${port}`
      : `${port} ${address.netType} ${address.addressType} ${address.address}`,
  summary({ port, address }, { media }) {
    if (media?.hasRtcpMux || port === 9) {
      return {
        en: "The default place for RTCP, kept for peers without ICE and rtcp-mux. Here RTCP goes where RTP goes or where the candidates say.",
        ko: "ICE와 rtcp-mux를 모르는 상대를 위한 RTCP 기본 위치입니다. 실제 RTCP는 RTP와 같은 곳이나 candidate가 정한 곳으로 갑니다.",
      };
    }
    const place = address === undefined ? `${port}` : `${address.address}:${port}`;
    return {
      en: `Without rtcp-mux, RTCP goes to port ${place}.`,
      ko: `rtcp-mux를 쓰지 않으면 RTCP를 ${place} 포트로 보냅니다.`,
    };
  },
  parts: {
    port: {
      name: { en: "RTCP port", ko: "RTCP 포트" },
      meaning: (text) =>
        text === "9"
          ? {
              en: "9 is a placeholder: no candidate was known yet.",
              ko: "9는 자리만 채우는 값으로, 아직 candidate가 없다는 뜻입니다.",
            }
          : { en: "The default port for RTCP.", ko: "RTCP의 기본 포트입니다." },
    },
    netType: {
      name: { en: "network type", ko: "네트워크 종류" },
      meaning: { en: "IN: the Internet.", ko: "IN은 인터넷입니다." },
    },
    addressType: {
      name: { en: "address type", ko: "주소 종류" },
      meaning: { en: "IP4 or IP6.", ko: "IP4 또는 IP6입니다." },
    },
    address: {
      name: { en: "address", ko: "주소" },
      meaning: {
        en: "The default address for RTCP, if it differs from the c= line.",
        ko: "c= 줄과 다를 때 쓰는 RTCP 기본 주소입니다.",
      },
    },
  },
});
