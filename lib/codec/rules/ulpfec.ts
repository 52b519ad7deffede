import { rfc } from "../../rfc.ts";
import type { CodecRule } from "../rule.ts";
import { defineCodecRule } from "../rule.ts";

/** Uneven level protection. RFC 5109. Browsers send it inside RED. */
export const ulpfec: CodecRule = defineCodecRule({
  names: ["ulpfec"],
  kind: "both",
  role: "fec",
  rfc: rfc(5109, "14.1"),
  meaning: {
    en: "Forward error correction for the media of the same clock rate; browsers send it inside RED.",
    ko: "같은 클럭의 미디어를 위한 순방향 오류 정정이며, 브라우저는 RED 안에 넣어 보냅니다.",
  },
  parameters: [],
});
