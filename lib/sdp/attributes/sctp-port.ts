import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const sctpPort: Attribute<number, "port"> = defineAttribute({
  name: "sctp-port",
  levels: ["media"],
  multiplicity: "one",
  mux: "CAUTION",
  rfc: rfc(8841, "5"),
  read: (scan) => scan.integer("port", 65535),
  print: (value) => `${value}`,
  summary: (port) =>
    port === 0
      ? {
          en: "SCTP port 0: the SCTP association, and with it every data channel, is closed.",
          ko: "SCTP 포트가 0이므로 SCTP 연결과 모든 데이터 채널을 닫습니다.",
        }
      : {
          en: `Data channels use SCTP port ${port} inside the DTLS connection. It is no UDP port and needs no firewall rule.`,
          ko: `데이터 채널은 DTLS 연결 안에서 SCTP 포트 ${port}을(를) 씁니다. UDP 포트가 아니므로 방화벽에서 열 필요가 없습니다.`,
        },
  parts: {
    port: {
      name: { en: "SCTP port", ko: "SCTP 포트" },
      meaning: { en: "5000 with every browser.", ko: "모든 브라우저에서 5000입니다." },
    },
  },
});
