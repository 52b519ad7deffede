import { rfc } from "../../rfc.ts";
import type { CodecRule } from "../rule.ts";
import { defineCodecRule } from "../rule.ts";

/** Comfort noise. RFC 3389. One per clock rate; static payload type 13 at 8000 Hz. */
export const comfortNoise: CodecRule = defineCodecRule({
  names: ["CN"],
  kind: "audio",
  role: "comfort-noise",
  rfc: rfc(3389, "4"),
  meaning: {
    en: "Comfort noise for the pauses of an audio codec with the same clock rate.",
    ko: "같은 클럭을 쓰는 오디오 코덱의 무음 구간을 채우는 컴포트 노이즈입니다.",
  },
  parameters: [],
});
