import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const rtcpRsize: Attribute<true, never> = defineFlag({
  name: "rtcp-rsize",
  levels: ["media"],
  mux: "IDENTICAL",
  rfc: rfc(5506, "5"),
  summary: {
    en: "This side accepts reduced-size RTCP: feedback such as a NACK may travel alone, without a full report before it.",
    ko: "축소형 RTCP를 받을 수 있습니다. NACK 같은 피드백을 전체 보고서 없이 단독으로 보낼 수 있습니다.",
  },
});
