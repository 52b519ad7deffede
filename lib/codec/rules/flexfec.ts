import { rfc } from "../../rfc.ts";
import type { CodecRule } from "../rule.ts";
import { defineCodecRule } from "../rule.ts";

/** Flexible forward error correction. RFC 8627; libwebrtc speaks draft 03 under a name of its own. */
export const flexfec: CodecRule = defineCodecRule({
  names: ["flexfec", "flexfec-03"],
  kind: "both",
  role: "fec",
  rfc: rfc(8627, "5.1"),
  meaning: {
    en: "Forward error correction on a stream of its own, for the media of the same clock rate.",
    ko: "같은 클럭의 미디어를 위해 별도 스트림으로 보내는 순방향 오류 정정입니다.",
  },
  parameters: [
    {
      name: "repair-window",
      meaning: {
        en: "How long packets and their repair packets may lie apart, in microseconds.",
        ko: "패킷과 복구 패킷 사이의 최대 간격(마이크로초)입니다.",
      },
    },
  ],
});
