import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const rtcpMux: Attribute<true, never> = defineFlag({
  name: "rtcp-mux",
  levels: ["media"],
  mux: "IDENTICAL",
  rfc: rfc(5761, "5.1.1"),
  summary: {
    en: "RTP and RTCP share one port. Browsers require it; an answer without it means RTCP on a port of its own.",
    ko: "RTP와 RTCP가 한 포트를 함께 씁니다. 브라우저는 이를 요구하며, answer에 없으면 RTCP를 별도 포트로 보낸다는 뜻입니다.",
  },
});
