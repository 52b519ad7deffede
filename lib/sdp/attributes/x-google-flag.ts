import { specification } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=x-google-flag`: a switch of old libwebrtc, without a specification. */
export const xGoogleFlag: Attribute<string, "flag"> = defineAttribute({
  name: "x-google-flag",
  levels: ["session", "media"],
  multiplicity: "many",
  mux: "TBD",
  rfc: specification(
    "libwebrtc",
    "",
    "https://webrtc.googlesource.com/src/+/refs/heads/main/pc/webrtc_sdp.cc",
  ),
  read: (scan) => scan.word("flag"),
  print: (value) => value,
  summary: (value) => ({
    en: `The switch ${value} of old libwebrtc; conference turned on simulcast of one SSRC group.`,
    ko: `옛 libwebrtc의 스위치 ${value}입니다. conference는 SSRC 그룹 방식의 simulcast를 켭니다.`,
  }),
  parts: {
    flag: {
      name: { en: "flag", ko: "플래그" },
      meaning: {
        en: "Only conference was ever used. Use a=simulcast and a=rid instead.",
        ko: "conference만 쓰였습니다. 지금은 a=simulcast와 a=rid를 씁니다.",
      },
    },
  },
});
