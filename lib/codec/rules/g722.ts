import { rfc } from "../../rfc.ts";
import type { CodecRule } from "../rule.ts";
import { defineCodecRule } from "../rule.ts";

/** G.722. RFC 3551 §4.5.2: written with clock rate 8000 by an old mistake, sampled at 16 kHz; static payload type 9. */
export const g722: CodecRule = defineCodecRule({
  names: ["G722"],
  kind: "audio",
  role: "media",
  rfc: rfc(3551, "4.5.2"),
  clockRates: [8000],
  meaning: {
    en: "G.722 wideband audio, sampled at 16 kHz although its clock rate is written 8000 (payload type 9).",
    ko: "G.722 광대역 음성입니다. 16 kHz로 샘플링하지만 클럭은 8000으로 적습니다(페이로드 타입 9).",
  },
  parameters: [],
});
