import type { Codec } from "../codec/codec.ts";
import { setFormatParameter } from "../codec/format-parameters.ts";
import { codecLabel, matchCodec } from "../codec/match.ts";
import { codecRuleFor } from "../codec/rules/catalog.ts";
import type { Direction, MediaCodec, MediaDescription } from "../sdp/description.ts";
import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";
import type { AnswerHabits, Capabilities, CodecCapability } from "./capabilities.ts";
import { answerDirection, directionOf, receives, sends } from "./direction.ts";

/** A codec of an answer: under the offer's payload type, with what both sides agree on. */
export interface AnsweredCodec extends Codec {
  /** As it stands in the offer's `m=` line. */
  readonly format: string;
  readonly feedback: readonly string[];
}

/** What became of the codecs of one section. */
export interface CodecNegotiation {
  /** In the order of the offer, as RFC 3264 §6.1 recommends, unless habits say otherwise. */
  readonly codecs: readonly AnsweredCodec[];
  readonly refused: readonly { readonly codec: MediaCodec; readonly reason: Message }[];
}

/**
 * Pairs the codecs of an offered section with one's own. Each of one's own codecs takes the first offered one that is the same
 * (`matchCodec`); RTX and RED only when what they refer to is the same too. Which of one's own codecs count depends on the
 * direction: to send only, those one can send, and so on. RFC 3264 §6.1.
 * Nothing is paired unless that includes a codec that carries something by itself: media or telephone events.
 */
export function negotiateCodecs(
  offered: MediaDescription,
  capabilities: Pick<Capabilities, "policy" | "habits">,
  own: readonly CodecCapability[],
  wanted: Direction,
): CodecNegotiation {
  const usable = own.filter((codec) => isUsable(codec, offered.direction, wanted));
  const sides = { ...capabilities, own, offered: offered.codecs };
  const pairs = pairUp(usable, sides);
  const answers = [...pairs].map(([theirs, ours]) => answered(ours, theirs, sides));
  const codecs = inOrder(withoutStrays(answers, capabilities.habits), offered, capabilities.habits);
  const kept = new Set(codecs.map(({ format }) => format));
  return {
    codecs,
    refused: offered.codecs
      .filter(({ format }) => !kept.has(format))
      .map((codec) => ({ codec, reason: whyRefused(codec, usable, sides) })),
  };
}

/** Both sides' codecs and how they are compared. */
interface Sides extends Pick<Capabilities, "policy" | "habits"> {
  readonly own: readonly CodecCapability[];
  readonly offered: readonly MediaCodec[];
}

/** One's own codecs by the offered ones they take. What refers to others comes after what it refers to. */
function pairUp(
  usable: readonly CodecCapability[],
  sides: Sides,
): Map<MediaCodec, CodecCapability> {
  const pairs = new Map<MediaCodec, CodecCapability>();
  const depth = (codec: CodecCapability, seen = 0): number => {
    const target = referencesOf(codec)[0];
    const next = sides.own.find(({ payloadType }) => String(payloadType) === target);
    return next && seen < 3 ? depth(next, seen + 1) : seen;
  };
  for (const ours of [...usable].sort((a, b) => depth(a) - depth(b))) {
    const theirs = sides.offered.find(
      (codec) => !pairs.has(codec) && isSame(ours, codec, pairs, sides),
    );
    if (theirs) pairs.set(theirs, ours);
  }
  return pairs;
}

function withoutStrays(
  codecs: readonly AnsweredCodec[],
  { fecNeedsRed }: AnswerHabits,
): readonly AnsweredCodec[] {
  const role = ({ name }: Codec) => codecRuleFor(name)?.role ?? "media";
  if (!codecs.some((codec) => role(codec) === "media" || role(codec) === "events")) return [];
  if (!fecNeedsRed || codecs.some((codec) => role(codec) === "redundancy")) return codecs;
  return codecs.filter(({ name }) => name.toLowerCase() !== "ulpfec");
}

function inOrder(
  codecs: readonly AnsweredCodec[],
  { formats }: MediaDescription,
  { formatOrder, repeatedFormat }: AnswerHabits,
): readonly AnsweredCodec[] {
  const place = ({ format }: AnsweredCodec) =>
    repeatedFormat === "first" ? formats.indexOf(format) : formats.lastIndexOf(format);
  const sorted = [...codecs].sort((a, b) => place(a) - place(b));
  if (formatOrder === "offer") return sorted;
  const roleOf = ({ name }: Codec) => codecRuleFor(name)?.role ?? "media";
  const isLast = (codec: Codec) => roleOf(codec) === "redundancy" || roleOf(codec) === "fec";
  const leaders = sorted.filter((codec) => roleOf(codec) !== "retransmission");
  return [...leaders.filter((codec) => !isLast(codec)), ...leaders.filter(isLast)].flatMap(
    (leader) => [leader, ...sorted.filter((codec) => repairs(codec, leader))],
  );
}

function repairs(codec: Codec, { format }: AnsweredCodec): boolean {
  const rule = codecRuleFor(codec.name);
  return (
    rule?.role === "retransmission" && rule.references?.(codec.fmtp ?? "").includes(format) === true
  );
}

/** Whether a codec can play its part. A section that will be idle or both ways counts as what the offer would let it be. */
function isUsable({ use }: CodecCapability, offered: Direction, wanted: Direction): boolean {
  if (use === undefined) return true;
  const answer = answerDirection(offered, wanted);
  const part =
    answer === "sendonly" || answer === "recvonly"
      ? answer
      : directionOf(receives(offered), sends(offered));
  return part === use;
}

function isSame(
  ours: CodecCapability,
  theirs: MediaCodec,
  pairs: ReadonlyMap<MediaCodec, CodecCapability>,
  sides: Sides,
): boolean {
  const rule = codecRuleFor(theirs.name);
  // The clock of RTX is that of what it repairs, whatever stands in its rtpmap. RFC 4588 §8.1.
  const comparable =
    rule?.role === "retransmission" ? { ...theirs, clockRate: ours.clockRate } : theirs;
  if (!matches(ours, comparable, sides)) return false;
  if (!rule?.references) return true;
  const left = referencesOf(ours);
  const isLost =
    sides.habits.aptFirst && rule.role === "retransmission" && !/^\s*apt=/i.test(theirs.fmtp ?? "");
  const right = isLost ? [] : referencesOf(theirs);
  if (rule.role === "redundancy") {
    // libwebrtc reads audio RED without a list as one of opus; video RED has none on either side.
    if (left.length === 0 || right.length === 0) {
      return left.length === right.length || (sides.policy === "libwebrtc" && right.length === 0);
    }
  } else if (left.length === 0 || right.length === 0) return false;
  // RED lists may differ in length: how much redundancy is sent is the sender's own matter. RFC 2198 §5.
  return left.slice(0, right.length).every((format, at) => {
    const ourTarget = sides.own.find(({ payloadType }) => String(payloadType) === format);
    const theirTarget = sides.offered.find((codec) => codec.format === right[at]);
    if (!ourTarget || !theirTarget) return false;
    if (pairs.get(theirTarget) === ourTarget) return true;
    // libwebrtc looks whether the two targets are the same codec, not whether they were paired with each other.
    return sides.policy === "libwebrtc" && matches(ourTarget, theirTarget, sides);
  });
}

function matches(ours: Codec, theirs: Codec, { policy, habits }: Sides): boolean {
  const ignored = habits.ignoredParameters ?? [];
  return matchCodec(without(ours, ignored), without(theirs, ignored), policy).matches;
}

function without(codec: Codec, parameters: readonly string[]): Codec {
  if (codec.fmtp === undefined) return codec;
  const fmtp = parameters.reduce((text, name) => setFormatParameter(text, name, null), codec.fmtp);
  return fmtp === codec.fmtp ? codec : { ...codec, fmtp };
}

function referencesOf({ name, fmtp = "" }: Codec): readonly string[] {
  return (codecRuleFor(name)?.references?.(fmtp) ?? []).filter((format) => format !== "");
}

function answered(ours: CodecCapability, theirs: MediaCodec, sides: Sides): AnsweredCodec {
  const rule = codecRuleFor(theirs.name);
  const own =
    rule?.renameReferences?.(ours.fmtp ?? "", (format) => theirFormat(format, sides)) ?? ours.fmtp;
  const fmtp = rule?.answer ? rule.answer(own, theirs.fmtp, sides.policy) : own;
  const offeredFeedback = new Set(theirs.feedback);
  return {
    format: theirs.format,
    payloadType: theirs.payloadType,
    name: theirs.name,
    clockRate: theirs.clockRate,
    ...(theirs.channels !== undefined && { channels: theirs.channels }),
    ...(fmtp !== undefined && fmtp !== "" && { fmtp }),
    feedback: (ours.feedback ?? []).filter((value) => offeredFeedback.has(value)),
  };
}

/** The offer's format of the codec that has one's own payload type; the same text when there is none. */
function theirFormat(format: string, sides: Sides): string {
  const ours = sides.own.find(({ payloadType }) => String(payloadType) === format);
  const theirs = ours && sides.offered.find((codec) => matches(ours, codec, sides));
  return theirs?.format ?? format;
}

function whyRefused(
  codec: MediaCodec,
  usable: readonly CodecCapability[],
  { own, policy }: Sides,
): Message {
  const isNamesake = ({ name }: Codec) => name.toLowerCase() === codec.name.toLowerCase();
  const comparisons = usable.filter(isNamesake).map((ours) => matchCodec(ours, codec, policy));
  const label = codecLabel(codec);
  if (comparisons.some((comparison) => comparison.matches)) {
    const isCompanion = (codecRuleFor(codec.name)?.role ?? "media") !== "media";
    return isCompanion
      ? {
          en: `What ${label} goes along with is not answered.`,
          ko: withParticles(`${label}이(가) 따라갈 코덱이 answer에 없습니다.`),
        }
      : {
          en: `Another offered entry of ${label} was answered already.`,
          ko: `offer의 다른 ${label} 항목에 이미 응답했습니다.`,
        };
  }
  const near = comparisons[0];
  if (near) return near.reason;
  if (own.some(isNamesake)) {
    return {
      en: `${label} is supported in the other direction only.`,
      ko: withParticles(`${label}은(는) 반대 방향으로만 지원합니다.`),
    };
  }
  return {
    en: `${label} is not supported.`,
    ko: withParticles(`${label}을(를) 지원하지 않습니다.`),
  };
}
