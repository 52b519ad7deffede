import { rfc } from "../../rfc.ts";
import { formatParameter } from "../format-parameters.ts";
import type { CodecRule } from "../rule.ts";
import { defineCodecRule, sameValue } from "../rule.ts";

/** VP9. RFC 9628. */
export const vp9: CodecRule = defineCodecRule({
  names: ["VP9"],
  kind: "video",
  role: "media",
  rfc: rfc(9628, "6"),
  clockRates: [90000],
  meaning: {
    en: "VP9 video; its variants are told apart by profile.",
    ko: "VP9 비디오입니다. 프로파일로 변형을 구분합니다.",
  },
  parameters: [
    {
      name: "profile-id",
      meaning: {
        en: "0 is 8 bit 4:2:0, 1 is 8 bit with other subsampling, 2 is 10 or 12 bit 4:2:0, 3 is 10 or 12 bit with other subsampling. Absent means 0.",
        ko: "0은 8비트 4:2:0, 1은 8비트의 다른 서브샘플링, 2는 10·12비트 4:2:0, 3은 10·12비트의 다른 서브샘플링입니다. 없으면 0입니다.",
      },
      absent: "0",
      compare: sameValue("profile-id"),
    },
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
  preference: (fmtp) => ((formatParameter(fmtp, "profile-id") ?? "0") === "0" ? 1 : 0),
});
