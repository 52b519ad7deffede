import { specification } from "../../rfc.ts";
import { withParticles } from "../../text.ts";
import { formatParameter } from "../format-parameters.ts";
import type { CodecRule, MatchPolicy, ParameterComparison } from "../rule.ts";
import { defineCodecRule, sameValue } from "../rule.ts";

/** AV1. The payload format is a specification of AOMedia, not an RFC. */
export const av1: CodecRule = defineCodecRule({
  names: ["AV1"],
  kind: "video",
  role: "media",
  rfc: specification(
    "av1-rtp-spec",
    "7.2",
    "https://aomediacodec.github.io/av1-rtp-spec/v1.0.0.html#sdp-parameters",
  ),
  clockRates: [90000],
  meaning: {
    en: "AV1 video; profile, level and tier tell what the receiver can decode.",
    ko: "AV1 비디오입니다. 프로파일, 레벨, 티어는 수신 측이 디코딩할 수 있는 범위를 나타냅니다.",
  },
  parameters: [
    {
      name: "profile",
      meaning: {
        en: "0 Main, 1 High, 2 Professional. Absent means 0.",
        ko: "0은 Main, 1은 High, 2는 Professional입니다. 없으면 0입니다.",
      },
      absent: "0",
      // Chromium 156 compares the profile alone; older libwebrtc compared level-idx and tier as well.
      compare: (a, b, policy) =>
        policy === "rfc" ? declared("profile", a, b) : sameValue("profile")(a, b, policy),
    },
    {
      name: "level-idx",
      meaning: {
        en: "The highest level the receiver can decode: 5 is level 3.1. Absent means 5.",
        ko: "디코딩할 수 있는 최대 레벨입니다: 5는 레벨 3.1입니다. 없으면 5입니다.",
      },
      absent: "5",
      compare: (a, b, policy) => limit("level-idx", a, b, policy),
    },
    {
      name: "tier",
      meaning: {
        en: "0 Main tier, 1 High tier. Absent means 0.",
        ko: "0은 Main 티어, 1은 High 티어입니다. 없으면 0입니다.",
      },
      absent: "0",
      compare: (a, b, policy) => limit("tier", a, b, policy),
    },
  ],
  preference: (fmtp) => ((formatParameter(fmtp, "profile") ?? "0") === "0" ? 1 : 0),
});

/** What the receiver can decode, not what the codec is. Specification §7.2.3: each side declares its own. */
function limit(name: string, a: string, b: string, policy: MatchPolicy): ParameterComparison {
  return policy === "rfc" ? declared(name, a, b) : { matches: true };
}

function declared(name: string, a: string, b: string): ParameterComparison {
  if (a === b) return { matches: true };
  return {
    matches: true,
    distance: 10,
    reason: {
      en: `Each side declares its own ${name}: ${a} and ${b}.`,
      ko: withParticles(`${name}은(는) 양쪽이 각각 선언합니다: ${a}, ${b}.`),
    },
  };
}
