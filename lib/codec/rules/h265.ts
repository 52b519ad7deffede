import { rfc } from "../../rfc.ts";
import { formatParameter, setFormatParameter } from "../format-parameters.ts";
import type { CodecRule, MatchPolicy, ParameterComparison } from "../rule.ts";
import { defineCodecRule, sameValue } from "../rule.ts";

/** H.265/HEVC. RFC 7798. */
export const h265: CodecRule = defineCodecRule({
  names: ["H265"],
  kind: "video",
  role: "media",
  rfc: rfc(7798, "7.1"),
  clockRates: [90000],
  meaning: {
    en: "H.265/HEVC video; its variants are told apart by profile, tier and transmission mode.",
    ko: "H.265/HEVC 비디오입니다. 프로파일, 티어, 전송 모드로 변형을 구분합니다.",
  },
  parameters: [
    {
      name: "profile-space",
      meaning: {
        en: "The context in which profile-id is read. Absent means 0.",
        ko: "profile-id를 해석하는 공간입니다. 없으면 0입니다.",
      },
      absent: "0",
      compare: sameUnlessLibwebrtc("profile-space"),
    },
    {
      name: "profile-id",
      meaning: {
        en: "1 Main, 2 Main 10, 3 Main Still Picture and so on. Absent means 1.",
        ko: "1은 Main, 2는 Main 10, 3은 Main Still Picture 등입니다. 없으면 1입니다.",
      },
      absent: "1",
      compare: sameValue("profile-id"),
    },
    {
      name: "tier-flag",
      meaning: {
        en: "0 Main tier, 1 High tier. Absent means 0.",
        ko: "0은 Main 티어, 1은 High 티어입니다. 없으면 0입니다.",
      },
      absent: "0",
      compare: (a, b, policy) =>
        policy === "ignore-level" ? { matches: true } : sameValue("tier-flag")(a, b, policy),
    },
    {
      name: "level-id",
      meaning: {
        en: "30 times the level: 93 is level 3.1. Absent means 93.",
        ko: "레벨에 30을 곱한 값입니다: 93은 레벨 3.1입니다. 없으면 93입니다.",
      },
      absent: "93",
      compare: compareLevels,
    },
    {
      name: "tx-mode",
      meaning: {
        en: "SRST one stream, MRST or MRMT several. Absent means SRST.",
        ko: "SRST는 단일 스트림, MRST와 MRMT는 다중 스트림입니다. 없으면 SRST입니다.",
      },
      absent: "SRST",
      compare: sameValue("tx-mode"),
    },
    {
      name: "interop-constraints",
      meaning: {
        en: "Six bytes of constraint flags in hexadecimal.",
        ko: "16진수로 쓴 제약 플래그 6바이트입니다.",
      },
      // RFC 7798 §7.1 infers progressive frames only: B00000000000.
      absent: "B00000000000",
      compare: sameUnlessLibwebrtc("interop-constraints"),
    },
    {
      name: "max-recv-level-id",
      meaning: {
        en: "The highest level the receiver can decode, when above level-id.",
        ko: "level-id보다 높을 때, 디코딩할 수 있는 최대 레벨입니다.",
      },
    },
  ],
  preference: (fmtp) => ((formatParameter(fmtp, "profile-id") ?? "1") === "1" ? 1 : 0),
  answer: answerLevel,
});

function sameUnlessLibwebrtc(
  name: string,
): (a: string, b: string, policy: MatchPolicy) => ParameterComparison {
  const compare = sameValue(name);
  return (a, b, policy) => (policy === "libwebrtc" ? { matches: true } : compare(a, b, policy));
}

function compareLevels(a: string, b: string, policy: MatchPolicy): ParameterComparison {
  if (a === b || policy === "ignore-level") return { matches: true };
  const [left, right] = [Number(a), Number(b)];
  return {
    matches: true,
    distance: Number.isFinite(left - right)
      ? Math.min(20, Math.ceil(Math.abs(left - right) / 9))
      : 20,
    reason: {
      en: `The levels differ, level-id ${a} and ${b}: the lower one holds.`,
      ko: `레벨이 다릅니다(level-id ${a}, ${b}). 낮은 쪽이 적용됩니다.`,
    },
  };
}

/** The level of an answer may be lowered, never raised. RFC 7798 §7.2.2. */
function answerLevel(own: string | undefined, offered: string | undefined): string | undefined {
  const left = Number(formatParameter(own, "level-id") ?? "93");
  const right = Number(formatParameter(offered, "level-id") ?? "93");
  if (!(right < left)) return own;
  return setFormatParameter(own ?? "", "level-id", String(right));
}
