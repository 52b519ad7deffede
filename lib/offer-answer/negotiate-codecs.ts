import type { Codec } from "../codec/codec.ts";
import { codecLabel, matchCodec } from "../codec/match.ts";
import type { MatchPolicy } from "../codec/rule.ts";
import { codecRuleFor } from "../codec/rules/catalog.ts";
import type { Direction, MediaCodec, MediaDescription } from "../sdp/description.ts";
import type { Message } from "../text.ts";
import type { CodecCapability } from "./capabilities.ts";
import { answerDirection, directionOf, receives, sends } from "./direction.ts";

/** A codec of an answer: under the offer's payload type, with what both sides agree on. */
export interface AnsweredCodec extends Codec {
  /** As it stands in the offer's `m=` line. */
  readonly format: string;
  readonly feedback: readonly string[];
}

/** What became of the codecs of one section. */
export interface CodecNegotiation {
  /** In the order of the offer. RFC 3264 §6.1. */
  readonly codecs: readonly AnsweredCodec[];
  readonly refused: readonly { readonly codec: MediaCodec; readonly reason: Message }[];
}

/**
 * Pairs the codecs of an offered section with one's own. Each of one's own codecs takes the first offered one that is the same
 * (`matchCodec`); RTX and RED only when what they refer to is the same too. Which of one's own codecs count depends on the
 * direction: to send only, those one can send, and so on. RFC 3264 §6.1.
 */
export function negotiateCodecs(
  offered: MediaDescription,
  own: readonly CodecCapability[],
  wanted: Direction,
  policy: MatchPolicy,
): CodecNegotiation {
  const usable = own.filter((codec) => isUsable(codec, offered.direction, wanted));
  const byFormat = new Map<string, AnsweredCodec>();
  for (const ours of usable) {
    const theirs = offered.codecs.find(
      (codec) => !byFormat.has(codec.format) && isSame(ours, own, codec, offered.codecs, policy),
    );
    if (theirs) byFormat.set(theirs.format, answered(ours, theirs, policy));
  }
  return {
    codecs: offered.codecs.flatMap(({ format }) => byFormat.get(format) ?? []),
    refused: offered.codecs
      .filter(({ format }) => !byFormat.has(format))
      .map((codec) => ({ codec, reason: whyRefused(codec, usable, own, policy) })),
  };
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
  own: readonly CodecCapability[],
  theirs: MediaCodec,
  offered: readonly MediaCodec[],
  policy: MatchPolicy,
): boolean {
  if (!matchCodec(ours, theirs, policy).matches) return false;
  const rule = codecRuleFor(theirs.name);
  if (!rule?.references) return true;
  const left = rule.references(ours.fmtp ?? "").filter((format) => format !== "");
  const right = rule.references(theirs.fmtp ?? "").filter((format) => format !== "");
  if (left.length === 0 || right.length === 0) {
    // Video RED has no list; RTX without apt repairs nothing.
    return rule.role === "redundancy" && left.length === right.length;
  }
  // RED lists may differ in length: how much redundancy is sent is the sender's own matter. RFC 2198 §5.
  return left.slice(0, right.length).every((format, at) => {
    const ourTarget = own.find(({ payloadType }) => String(payloadType) === format);
    const theirTarget = offered.find((codec) => codec.format === right[at]);
    return !!ourTarget && !!theirTarget && matchCodec(ourTarget, theirTarget, policy).matches;
  });
}

function answered(ours: CodecCapability, theirs: MediaCodec, policy: MatchPolicy): AnsweredCodec {
  const rule = codecRuleFor(theirs.name);
  const fmtp = rule?.answer ? rule.answer(ours.fmtp, theirs.fmtp, policy) : ours.fmtp;
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

function whyRefused(
  codec: MediaCodec,
  usable: readonly CodecCapability[],
  own: readonly CodecCapability[],
  policy: MatchPolicy,
): Message {
  const isNamesake = ({ name }: Codec) => name.toLowerCase() === codec.name.toLowerCase();
  const matches = usable.filter(isNamesake).map((ours) => matchCodec(ours, codec, policy));
  const label = codecLabel(codec);
  if (matches.some((match) => match.matches)) {
    return codecRuleFor(codec.name)?.references
      ? {
          en: `What ${label} refers to is not answered.`,
          ko: `${label}이(가) 가리키는 코덱이 answer에 없습니다.`,
        }
      : {
          en: `Another offered entry of ${label} was answered already.`,
          ko: `offer의 다른 ${label} 항목에 이미 응답했습니다.`,
        };
  }
  const near = matches[0];
  if (near) return near.reason;
  if (own.some(isNamesake)) {
    return {
      en: `${label} is supported in the other direction only.`,
      ko: `${label}은(는) 반대 방향으로만 지원합니다.`,
    };
  }
  return { en: `${label} is not supported.`, ko: `${label}을(를) 지원하지 않습니다.` };
}
