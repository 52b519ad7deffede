import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import { withParticles } from "../../text.ts";
import { formatParameter, setFormatParameter } from "../format-parameters.ts";
import type { CodecRule, MatchPolicy, ParameterComparison } from "../rule.ts";
import { defineCodecRule, sameValue } from "../rule.ts";

/** H.264/AVC. RFC 6184. */
export const h264: CodecRule = defineCodecRule({
  names: ["H264"],
  kind: "video",
  role: "media",
  rfc: rfc(6184, "8.1"),
  clockRates: [90000],
  meaning: {
    en: "H.264/AVC video; its variants are told apart by profile and packetization mode.",
    ko: "H.264/AVC 비디오입니다. 프로파일과 packetization-mode로 변형을 구분합니다.",
  },
  parameters: [
    {
      name: "profile-level-id",
      meaning: {
        en: "Three bytes in hexadecimal: profile_idc, the constraint flags, and the level.",
        ko: "16진수 3바이트입니다: profile_idc, 제약 플래그, 레벨.",
      },
      // RFC 6184 §8.1 infers Baseline at level 1, libwebrtc Constrained Baseline at level 3.1.
      absent: { rfc: "42000a", "ignore-level": "42000a", libwebrtc: "42e01f" },
      compare: compareProfileLevelIds,
      fits: fitsProfileLevelId,
    },
    {
      name: "packetization-mode",
      meaning: {
        en: "How NAL units are put into packets: 0 one each, 1 also aggregated and fragmented, 2 also interleaved. Absent means 0.",
        ko: "NAL 유닛을 패킷에 담는 방식입니다: 0은 하나씩, 1은 묶음과 분할 허용, 2는 인터리빙까지 허용합니다. 없으면 0입니다.",
      },
      absent: "0",
      compare: comparePacketizationModes,
    },
    {
      name: "level-asymmetry-allowed",
      meaning: {
        en: "1 lets each side send at its own level, when both sides say so. Absent means 0.",
        ko: "양쪽 모두 1이면 각자 자기 레벨로 보낼 수 있습니다. 없으면 0입니다.",
      },
    },
    {
      name: "sprop-parameter-sets",
      meaning: {
        en: "The sender's sequence and picture parameter sets, base64, joined by commas.",
        ko: "송신 측의 SPS와 PPS입니다. base64로 쓰고 쉼표로 잇습니다.",
      },
    },
    {
      name: "max-mbps",
      meaning: {
        en: "Macroblocks per second the receiver can decode, beyond its level.",
        ko: "레벨 한도를 넘어 초당 디코딩할 수 있는 매크로블록 수입니다.",
      },
    },
    {
      name: "max-fs",
      meaning: {
        en: "The largest picture the receiver can decode, in macroblocks.",
        ko: "디코딩할 수 있는 가장 큰 화면 크기(매크로블록 단위)입니다.",
      },
    },
    {
      name: "max-br",
      meaning: {
        en: "The highest video bit rate the receiver can take, in units of 1000 bit/s.",
        ko: "받을 수 있는 최대 비디오 비트레이트(1000 bit/s 단위)입니다.",
      },
    },
    {
      name: "sps-pps-idr-in-keyframe",
      meaning: {
        en: "libwebrtc's own: 1 repeats the parameter sets with every key frame.",
        ko: "libwebrtc 고유 값입니다: 1이면 키프레임마다 파라미터 세트를 다시 보냅니다.",
      },
    },
  ],
  preference,
  answer: answerProfileLevel,
});

/** An H.264 profile as profile_idc and profile_iop tell it. RFC 6184 §8.1, table 5; H.264 annex A. */
export type H264Profile =
  | "Constrained Baseline"
  | "Baseline"
  | "Main"
  | "Extended"
  | "Constrained High"
  | "Progressive High"
  | "High"
  | "High 10"
  | "High 4:2:2"
  | "High 4:4:4 Predictive"
  | "High 10 Intra"
  | "High 4:2:2 Intra"
  | "High 4:4:4 Intra"
  | "CAVLC 4:4:4 Intra";

/** What a `profile-level-id` says. */
export interface H264ProfileLevel {
  /** Undefined when no known pattern fits. */
  readonly profile?: H264Profile;
  /** Such as `3.1` or `1b`; undefined when the number is none of the standard's. */
  readonly level?: string;
  /** profile_idc and profile_iop, four hexadecimal digits in lower case. */
  readonly profileBytes: string;
}

/** Reads a `profile-level-id`, six hexadecimal digits. Undefined when it has not that form. RFC 6184 §8.1. */
export function readProfileLevelId(value: string): H264ProfileLevel | undefined {
  if (!isHex(value, 6)) return undefined;
  const idc = Number.parseInt(value.slice(0, 2), 16);
  const iop = Number.parseInt(value.slice(2, 4), 16);
  const profile = profileOf(idc, iop);
  const level = levelOf(Number.parseInt(value.slice(4, 6), 16), idc, iop);
  return {
    ...(profile && { profile }),
    ...(level && { level }),
    profileBytes: value.slice(0, 4).toLowerCase(),
  };
}

/** Which of the eight constraint bits a profile needs set (1), clear (0) or does not look at (x). */
const profilePatterns: readonly (readonly [idc: number, iop: string, profile: H264Profile])[] = [
  [0x42, "x1xx0000", "Constrained Baseline"],
  [0x4d, "1xxx0000", "Constrained Baseline"],
  [0x58, "11xx0000", "Constrained Baseline"],
  [0x42, "x0xx0000", "Baseline"],
  [0x58, "10xx0000", "Baseline"],
  [0x4d, "0x0x0000", "Main"],
  [0x58, "00xx0000", "Extended"],
  [0x64, "00000000", "High"],
  [0x64, "00001000", "Progressive High"],
  [0x64, "00001100", "Constrained High"],
  [0x6e, "00000000", "High 10"],
  [0x7a, "00000000", "High 4:2:2"],
  [0xf4, "00000000", "High 4:4:4 Predictive"],
  [0x6e, "00010000", "High 10 Intra"],
  [0x7a, "00010000", "High 4:2:2 Intra"],
  [0xf4, "00010000", "High 4:4:4 Intra"],
  [0x2c, "00010000", "CAVLC 4:4:4 Intra"],
];

/** libwebrtc's own table ends here: `api/video_codecs/h264_profile_level_id.cc`. */
const libwebrtcProfiles: ReadonlySet<H264Profile> = new Set([
  "Constrained Baseline",
  "Baseline",
  "Main",
  "Constrained High",
  "High",
  "High 4:4:4 Predictive",
]);

/** From least to most capable. RFC 6184 §8.1 names 1b, H.264 annex A the others. */
const levels: readonly string[] =
  "1 1b 1.1 1.2 1.3 2 2.1 2.2 3 3.1 3.2 4 4.1 4.2 5 5.1 5.2 6 6.1 6.2".split(" ");

function profileOf(idc: number, iop: number): H264Profile | undefined {
  const bits = iop.toString(2).padStart(8, "0");
  return profilePatterns.find(
    ([wantedIdc, pattern]) =>
      idc === wantedIdc && [...pattern].every((bit, at) => bit === "x" || bit === bits[at]),
  )?.[2];
}

function levelOf(idc: number, profileIdc: number, iop: number): string | undefined {
  // Level 1b: the constraint_set3 flag with level_idc 11 in the three old profiles, level_idc 9 in the others.
  const isOldProfile = profileIdc === 0x42 || profileIdc === 0x4d || profileIdc === 0x58;
  if (isOldProfile && idc === 11 && (iop & 0x10) !== 0) return "1b";
  if (idc === 9) return "1b";
  const name = idc % 10 === 0 ? `${idc / 10}` : `${Math.floor(idc / 10)}.${idc % 10}`;
  return levels.includes(name) ? name : undefined;
}

function compareProfileLevelIds(a: string, b: string, policy: MatchPolicy): ParameterComparison {
  const left = readProfileLevelId(a);
  const right = readProfileLevelId(b);
  if (!left || !right) return malformed(left ? b : a);
  if (policy === "libwebrtc") {
    const unknown = [left, right].findIndex((side) => !isKnownToLibwebrtc(side));
    if (unknown >= 0) return unknownToLibwebrtc(unknown === 0 ? a : b);
  }
  const same =
    left.profile === undefined || right.profile === undefined
      ? left.profileBytes === right.profileBytes
      : left.profile === right.profile;
  if (!same) return { matches: false, reason: profilesDiffer(a, left, b, right) };
  const distance = levelDistance(left.level, right.level);
  if (distance === 0 || policy === "ignore-level") {
    return { matches: true, distance: policy === "ignore-level" ? 0 : distance };
  }
  return { matches: true, distance, reason: levelsDiffer(left, right) };
}

function fitsProfileLevelId(
  value: string,
  wanted: string,
  policy: MatchPolicy,
): ParameterComparison {
  // A pattern may stop after profile_idc (`42`) or after the constraint flags (`42e0`): any level will do then.
  if (isHex(wanted, 2) || isHex(wanted, 4)) {
    const matches = value.toLowerCase().startsWith(wanted.toLowerCase());
    if (matches) return { matches };
    const found = readProfileLevelId(value);
    return {
      matches,
      reason: {
        en: `profile-level-id ${describe(value, found)} does not begin with ${wanted}.`,
        ko: withParticles(
          `profile-level-id ${describe(value, found)}의 앞부분이 ${wanted}이(가) 아닙니다.`,
        ),
      },
    };
  }
  return compareProfileLevelIds(value, wanted, policy);
}

function comparePacketizationModes(a: string, b: string, policy: MatchPolicy): ParameterComparison {
  const result = sameValue("packetization-mode")(a, b, policy);
  if (result.matches) return result;
  return {
    matches: false,
    reason: {
      en: `packetization-mode differs: ${a} and ${b} (absent means 0).`,
      ko: `packetization-mode가 다릅니다: ${a}, ${b} (없으면 0입니다).`,
    },
  };
}

/** RFC 7742 §6.2 makes Constrained Baseline the one everybody has; mode 1 is what browsers send best. */
function preference(fmtp: string | undefined): number {
  const id = readProfileLevelId(formatParameter(fmtp, "profile-level-id") ?? "42000a");
  const mode = formatParameter(fmtp, "packetization-mode") ?? "0";
  const profiles: readonly (H264Profile | undefined)[] = ["Baseline", "Constrained Baseline"];
  return (profiles.indexOf(id?.profile) + 1) * 2 + (mode === "1" ? 1 : 0);
}

/**
 * The level of an answer: the lower of both, or one's own when both sides allow asymmetry. RFC 6184 §8.2.2.
 * The profile stays one's own text, as libwebrtc does it.
 */
function answerProfileLevel(
  own: string | undefined,
  offered: string | undefined,
  policy: MatchPolicy,
): string | undefined {
  const ownId = formatParameter(own, "profile-level-id");
  const offeredId = formatParameter(offered, "profile-level-id");
  if (ownId === undefined && offeredId === undefined) return own;
  const absent = policy === "libwebrtc" ? "42e01f" : "42000a";
  const left = readProfileLevelId(ownId ?? absent);
  const right = readProfileLevelId(offeredId ?? absent);
  if (!left?.level || !right?.level) return own;
  const allows = (fmtp: string | undefined) =>
    formatParameter(fmtp, "level-asymmetry-allowed") === "1";
  if (allows(own) && allows(offered)) return own;
  if (levels.indexOf(left.level) <= levels.indexOf(right.level)) return own;
  return setFormatParameter(
    own ?? "",
    "profile-level-id",
    printProfileLevelId(ownId ?? absent, right.level),
  );
}

/** The same profile at another level. Level 1b sets constraint_set3 where the profile has no number of its own for it. */
function printProfileLevelId(id: string, level: string): string {
  const idc = id.slice(0, 2).toLowerCase();
  const iop = Number.parseInt(id.slice(2, 4), 16);
  const isOldProfile = idc === "42" || idc === "4d" || idc === "58";
  const hex = (value: number) => value.toString(16).padStart(2, "0");
  if (level === "1b") return isOldProfile ? `${idc}${hex(iop | 0x10)}0b` : `${idc}${hex(iop)}09`;
  const number = Math.round(Number(level) * 10);
  const flags = isOldProfile && number === 11 ? iop & ~0x10 : iop;
  return `${idc}${hex(flags)}${hex(number)}`;
}

function isKnownToLibwebrtc({ profile, level }: H264ProfileLevel): boolean {
  return (
    profile !== undefined &&
    libwebrtcProfiles.has(profile) &&
    level !== undefined &&
    !level.startsWith("6")
  );
}

function levelDistance(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return 20;
  return Math.min(20, Math.abs(levels.indexOf(a) - levels.indexOf(b)));
}

function malformed(value: string): ParameterComparison {
  return {
    matches: false,
    reason: {
      en: `profile-level-id ${value} is not six hexadecimal digits.`,
      ko: withParticles(`profile-level-id ${value}은(는) 16진수 여섯 자리가 아닙니다.`),
    },
  };
}

function unknownToLibwebrtc(value: string): ParameterComparison {
  return {
    matches: false,
    reason: {
      en: `libwebrtc does not know profile-level-id ${describe(value, readProfileLevelId(value))}, so nothing matches it.`,
      ko: withParticles(
        `libwebrtc는 profile-level-id ${describe(value, readProfileLevelId(value))}을(를) 모르므로 어떤 것과도 맞지 않습니다.`,
      ),
    },
  };
}

function profilesDiffer(
  a: string,
  left: H264ProfileLevel,
  b: string,
  right: H264ProfileLevel,
): Message {
  const both = [describe(a, left), describe(b, right)];
  return {
    en: `The profiles differ: ${both.join(" and ")}.`,
    ko: `프로파일이 다릅니다: ${both.join(", ")}.`,
  };
}

function levelsDiffer(left: H264ProfileLevel, right: H264ProfileLevel): Message {
  const [a, b] = [left.level ?? "?", right.level ?? "?"];
  return {
    en: `The levels differ, ${a} and ${b}: the lower one holds unless both sides allow asymmetry.`,
    ko: withParticles(
      `레벨이 ${a}, ${b}(으)로 다릅니다. 양쪽이 비대칭을 허용하지 않으면 낮은 쪽이 적용됩니다.`,
    ),
  };
}

function describe(value: string, found: H264ProfileLevel | undefined): string {
  return found?.profile ? `${value} (${found.profile})` : value;
}

function isHex(text: string, length: number): boolean {
  return text.length === length && /^[0-9a-f]+$/i.test(text);
}
