import { rfc } from "../../rfc.ts";
import type { CodecRule } from "../rule.ts";
import { defineCodecRule } from "../rule.ts";

/** VP8. RFC 7741. It has no variants: its two parameters are limits of the receiver. */
export const vp8: CodecRule = defineCodecRule({
  names: ["VP8"],
  kind: "video",
  role: "media",
  rfc: rfc(7741, "6.1"),
  clockRates: [90000],
  meaning: {
    en: "VP8 video; there is one variant only, its parameters are limits.",
    ko: "VP8 비디오입니다. 변형이 하나뿐이며 파라미터는 한도를 나타냅니다.",
  },
  parameters: [
    {
      name: "max-fr",
      meaning: {
        en: "The highest frame rate the receiver can decode, in frames per second.",
        ko: "디코딩할 수 있는 최대 프레임 레이트(초당 프레임 수)입니다.",
      },
    },
    {
      name: "max-fs",
      meaning: {
        en: "The largest picture the receiver can decode, in macroblocks.",
        ko: "디코딩할 수 있는 가장 큰 화면 크기(매크로블록 단위)입니다.",
      },
    },
  ],
});
