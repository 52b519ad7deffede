import { rfc } from "../../rfc.ts";
import type { CodecRule } from "../rule.ts";
import { defineCodecRule } from "../rule.ts";

/** G.711, both laws. RFC 3551 §4.5.14: static payload types 0 (PCMU) and 8 (PCMA). */
export const g711: CodecRule = defineCodecRule({
  names: ["PCMU", "PCMA"],
  kind: "audio",
  role: "media",
  rfc: rfc(3551, "4.5.14"),
  meaning: {
    en: "G.711 telephone audio, µ-law (PCMU, payload type 0) or A-law (PCMA, payload type 8).",
    ko: "G.711 전화 음성입니다. µ-law(PCMU, 페이로드 타입 0)와 A-law(PCMA, 페이로드 타입 8)가 있습니다.",
  },
  parameters: [],
});
