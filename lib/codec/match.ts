import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";
import type { Codec, CodecPattern } from "./codec.ts";
import { formatParameter, parseFormatParameters } from "./format-parameters.ts";
import type { ParsedCodecPattern } from "./pattern.ts";
import { parseCodecPattern, printCodecPattern } from "./pattern.ts";
import type { MatchPolicy, ParameterComparison, ParameterRule } from "./rule.ts";
import { inferredValue } from "./rule.ts";
import { codecRuleFor } from "./rules/catalog.ts";

/** Whether two codecs are the same one, and why. */
export interface CodecMatch {
  readonly matches: boolean;
  /** 0 when they do not match, else 1 to 100: 100 for the same in every respect that is compared. */
  readonly score: number;
  /** Why, in one or more sentences. */
  readonly reason: Message;
}

/**
 * Whether two entries of an `m=` line are the same codec, so that an answer may pair them.
 * The payload type plays no role, except where libwebrtc lets it (policy `libwebrtc`: outside the dynamic
 * ranges it compares payload types instead of names, and no clock rate for video).
 * RTX and RED are compared by themselves; what they refer to is a matter of their section (`selectCodecs`, `negotiate`).
 */
export function matchCodec(a: Codec, b: Codec, policy: MatchPolicy = "rfc"): CodecMatch {
  const refusal = compareIdentity(a, b, policy);
  if (refusal) return mismatch(refusal);
  const parameters = codecRuleFor(b.name)?.parameters ?? [];
  const comparisons = parameters.flatMap((parameter) =>
    compareParameter(parameter, a.fmtp, b.fmtp, policy),
  );
  return verdict(codecLabel(b), comparisons);
}

/**
 * Whether a codec is what a pattern asks for. Only what the pattern says is looked at: `"H264"` fits every H.264,
 * `{ name: "H264", fmtp: "packetization-mode=1" }` every profile in that mode, and
 * `profile-level-id=42` in a pattern any profile whose first byte is 42.
 * Throws like `parseCodecPattern` on a pattern without a name.
 */
export function fitsPattern(
  codec: Codec,
  pattern: CodecPattern,
  policy: MatchPolicy = "rfc",
): CodecMatch {
  const wanted = parseCodecPattern(pattern);
  const label = printCodecPattern(wanted);
  if (!isNamed(codec, wanted)) {
    return mismatch({
      en: `${codecLabel(codec)} is not ${label}.`,
      ko: withParticles(`${codecLabel(codec)}은(는) ${label}이(가) 아닙니다.`),
    });
  }
  const rule = codecRuleFor(wanted.name);
  const comparisons = parseFormatParameters(wanted.fmtp ?? "").map(({ name, value = "" }) => {
    const parameter = rule?.parameters.find((each) => each.name === name.toLowerCase());
    return compareWanted(name, value, parameter, codec.fmtp, policy);
  });
  const result = verdict(codecLabel(codec), comparisons);
  if (!result.matches || comparisons.some(({ reason }) => reason)) return result;
  return {
    ...result,
    reason: {
      en: `${codecLabel(codec)} fits ${label}.`,
      ko: withParticles(`${codecLabel(codec)}은(는) ${label}에 맞습니다.`),
    },
  };
}

/** Whether a codec is what a pattern asks for, as `fitsPattern` finds it, where nobody asks why. */
export function isFit(codec: Codec, wanted: ParsedCodecPattern, policy: MatchPolicy): boolean {
  return (
    isNamed(codec, wanted) &&
    (wanted.fmtp === undefined || fitsPattern(codec, wanted, policy).matches)
  );
}

/** Whether name, clock rate and channels are the wanted ones, as far as they are given. */
function isNamed(codec: Codec, { name, clockRate, channels }: ParsedCodecPattern): boolean {
  return (
    isSameName(name, codec.name) &&
    (clockRate === undefined || clockRate === codec.clockRate) &&
    (channels === undefined || channels === (codec.channels ?? 1))
  );
}

/** Encoding names compare case-insensitively. RFC 8866 §6.6. */
function isSameName(a: string, b: string): boolean {
  if (a === b) return true;
  // Nearly all names differ in their first letters, which is found out without making two more texts.
  if (a.length !== b.length || (a.charCodeAt(0) | 0x20) !== (b.charCodeAt(0) | 0x20)) return false;
  return a.toLowerCase() === b.toLowerCase();
}

/** A codec as rtpmap writes it: `opus/48000/2`, `H264/90000`. */
export function codecLabel({ name, clockRate, channels }: Codec): string {
  const suffix = channels === undefined || channels === 1 ? "" : `/${channels}`;
  return `${name}/${clockRate}${suffix}`;
}

function compareIdentity(a: Codec, b: Codec, policy: MatchPolicy): Message | undefined {
  const kind = codecRuleFor(b.name)?.kind;
  // RTX, RED and FEC are video where either side has the clock that all video has.
  const isVideo =
    kind === "video" || (kind === "both" && (a.clockRate === 90000 || b.clockRate === 90000));
  if (policy === "libwebrtc" && !comparesByName(a) && !comparesByName(b)) {
    if (a.payloadType !== b.payloadType) return payloadTypesDiffer(a, b);
  } else if (policy === "libwebrtc" && comparesByName(a) !== comparesByName(b)) {
    if (a.payloadType !== undefined && b.payloadType !== undefined) return payloadTypesDiffer(a, b);
    if (a.name.toLowerCase() !== b.name.toLowerCase()) return namesDiffer(a, b);
  } else if (a.name.toLowerCase() !== b.name.toLowerCase()) {
    return namesDiffer(a, b);
  }
  if (a.clockRate !== b.clockRate && !(policy === "libwebrtc" && isVideo)) {
    return {
      en: `The clock rates differ: ${a.clockRate} and ${b.clockRate} Hz.`,
      ko: `클럭이 다릅니다: ${a.clockRate} Hz, ${b.clockRate} Hz.`,
    };
  }
  if (!isVideo && (a.channels ?? 1) !== (b.channels ?? 1)) {
    return {
      en: `The channel counts differ: ${a.channels ?? 1} and ${b.channels ?? 1} (absent means 1).`,
      ko: `채널 수가 다릅니다: ${a.channels ?? 1}, ${b.channels ?? 1} (없으면 1입니다).`,
    };
  }
  return undefined;
}

/** The payload types that libwebrtc compares by name: 35–65 and 96–127, and those not assigned yet. */
function comparesByName({ payloadType }: Codec): boolean {
  return (
    payloadType === undefined ||
    (payloadType >= 35 && payloadType <= 65) ||
    (payloadType >= 96 && payloadType <= 127)
  );
}

function compareParameter(
  parameter: ParameterRule,
  a: string | undefined,
  b: string | undefined,
  policy: MatchPolicy,
): ParameterComparison[] {
  if (parameter.compare === undefined) return [];
  const inferred = inferredValue(parameter, policy);
  const left = parameterIn(a, parameter.name, policy) ?? inferred;
  const right = parameterIn(b, parameter.name, policy) ?? inferred;
  if (left === undefined && right === undefined) return [];
  if (left === undefined || right === undefined) return [oneSided(parameter.name, left ?? right)];
  return [parameter.compare(left, right, policy)];
}

/** libwebrtc finds format parameters only in the case that their RFC writes. */
function parameterIn(
  fmtp: string | undefined,
  name: string,
  policy: MatchPolicy,
): string | undefined {
  if (policy !== "libwebrtc") return formatParameter(fmtp, name);
  const found = parseFormatParameters(fmtp ?? "").findLast((piece) => piece.name === name);
  return found && (found.value ?? "");
}

function compareWanted(
  name: string,
  wanted: string,
  parameter: ParameterRule | undefined,
  fmtp: string | undefined,
  policy: MatchPolicy,
): ParameterComparison {
  const value = formatParameter(fmtp, name) ?? (parameter && inferredValue(parameter, policy));
  if (value === undefined) return oneSided(name, wanted);
  const compare = parameter?.fits ?? parameter?.compare;
  if (compare) return compare(value, wanted, policy);
  return value === wanted
    ? { matches: true }
    : {
        matches: false,
        reason: {
          en: `${name} is ${value}, not ${wanted}.`,
          ko: withParticles(`${name} 값이 ${wanted}이(가) 아니라 ${value}입니다.`),
        },
      };
}

function verdict(label: string, comparisons: readonly ParameterComparison[]): CodecMatch {
  const refusals = comparisons.filter(({ matches }) => !matches);
  if (refusals.length > 0) return mismatch(joined(refusals));
  const distance = comparisons.reduce((sum, each) => sum + (each.distance ?? 0), 0);
  const remarks = comparisons.filter(({ reason }) => reason !== undefined);
  return {
    matches: true,
    score: Math.max(1, 100 - distance),
    reason:
      remarks.length > 0
        ? joined(remarks)
        : { en: `Both are ${label}.`, ko: `둘 다 ${label}입니다.` },
  };
}

function mismatch(reason: Message): CodecMatch {
  return { matches: false, score: 0, reason };
}

function joined(comparisons: readonly ParameterComparison[]): Message {
  const reasons = comparisons.flatMap(({ reason }) => (reason ? [reason] : []));
  return {
    en: reasons.map(({ en }) => en).join(" "),
    ko: reasons.map(({ ko }) => ko).join(" "),
  };
}

function oneSided(name: string, value: string | undefined): ParameterComparison {
  return {
    matches: false,
    reason: {
      en: `${name} ${value} stands on one side only.`,
      ko: withParticles(`${name} ${value}이(가) 한쪽에만 있습니다.`),
    },
  };
}

function namesDiffer(a: Codec, b: Codec): Message {
  return {
    en: `The names differ: ${a.name} and ${b.name}.`,
    ko: `이름이 다릅니다: ${a.name}, ${b.name}.`,
  };
}

function payloadTypesDiffer(a: Codec, b: Codec): Message {
  return {
    en: `libwebrtc compares payload types outside 35–65 and 96–127, and ${a.payloadType} is not ${b.payloadType}.`,
    ko: withParticles(
      `libwebrtc는 35–65와 96–127 밖에서는 페이로드 타입으로 비교하며, ${a.payloadType}과(와) ${b.payloadType}은(는) 다릅니다.`,
    ),
  };
}
