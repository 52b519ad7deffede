import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const rtcpMuxOnly: Attribute<true, never> = defineFlag({
  name: "rtcp-mux-only",
  levels: ["media"],
  mux: "IDENTICAL",
  rfc: rfc(8858, "3"),
  summary: {
    en: "This side cannot use a separate port for RTCP: an answer without a=rtcp-mux makes the section fail. Only offers say it, and always beside a=rtcp-mux.",
    ko: "RTCP에 별도 포트를 쓸 수 없습니다. answer에 a=rtcp-mux가 없으면 이 섹션은 연결되지 않습니다. offer에만, 반드시 a=rtcp-mux와 함께 씁니다.",
  },
});
