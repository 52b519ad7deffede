import { specification } from "../../rfc.ts";
import type { CodecRule, MatchPolicy, ParameterComparison } from "../rule.ts";
import { defineCodecRule, sameValue } from "../rule.ts";

/** Surround Opus as libwebrtc speaks it: `multiopus/48000/6`. No RFC has it. */
export const multiopus: CodecRule = defineCodecRule({
  names: ["multiopus"],
  kind: "audio",
  role: "media",
  rfc: specification(
    "libwebrtc multiopus",
    "",
    "https://webrtc-review.googlesource.com/c/src/+/129768",
  ),
  clockRates: [48000],
  meaning: {
    en: "Opus with more than two channels, libwebrtc's own; no RFC describes it.",
    ko: "채널이 세 개 이상인 Opus입니다. libwebrtc 고유 형식이며 RFC는 없습니다.",
  },
  parameters: [
    {
      name: "channel_mapping",
      meaning: {
        en: "Which decoded channel feeds which loudspeaker.",
        ko: "디코딩된 채널을 어느 스피커에 보낼지 나타냅니다.",
      },
      compare: sameUnlessLibwebrtc("channel_mapping"),
    },
    {
      name: "num_streams",
      meaning: {
        en: "The number of Opus streams inside.",
        ko: "안에 든 Opus 스트림 수입니다.",
      },
      compare: sameUnlessLibwebrtc("num_streams"),
    },
    {
      name: "coupled_streams",
      meaning: {
        en: "How many of the streams are stereo.",
        ko: "그중 스테레오인 스트림 수입니다.",
      },
      compare: sameUnlessLibwebrtc("coupled_streams"),
    },
  ],
});

/** libwebrtc compares the channel count only. */
function sameUnlessLibwebrtc(
  name: string,
): (a: string, b: string, policy: MatchPolicy) => ParameterComparison {
  const compare = sameValue(name);
  return (a, b, policy) => (policy === "libwebrtc" ? { matches: true } : compare(a, b, policy));
}
