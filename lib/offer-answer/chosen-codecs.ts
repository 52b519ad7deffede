import { codecLabel, matchCodec } from "../codec/match.ts";
import type { MatchPolicy } from "../codec/rule.ts";
import type { MediaCodec, MediaDescription } from "../sdp/description.ts";
import type { Sdp } from "../sdp/document.ts";
import { readDescription } from "../sdp/read-description.ts";
import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";
import { receives, sends } from "./direction.ts";
import type { PayloadTypeNode } from "./payload-type-graph.ts";
import { isSupported, readPayloadTypeGraph } from "./payload-type-graph.ts";

/** What one side will send in one media section, as offer and answer settle it. */
export interface ChosenCodec {
  /** The m-line index. */
  readonly index: number;
  readonly mid?: string;
  readonly kind: string;
  readonly sender: "offerer" | "answerer";
  /** Absent when nothing is sent. */
  readonly codec?: MediaCodec;
  /** The number on the wire: the one that the receiving side's description gives the codec. */
  readonly payloadType?: number;
  /** RTX, RED, FEC, CN and telephone-event that both sides have and that go along with the codec. */
  readonly companions: readonly MediaCodec[];
  /** Why this codec, or why none. */
  readonly reason: Message;
  /** Every other media codec of the offer, and why it is not sent. */
  readonly others: readonly { readonly codec: MediaCodec; readonly reason: Message }[];
}

/**
 * Which codec each side will send in each RTP section, the offerer first: the first media codec in the receiving side's order
 * that both descriptions have. RFC 3264 §7; browsers do the same unless `setParameters` says otherwise.
 * Sections that only one of the two descriptions has are left out.
 */
export function chosenCodecs(
  offer: Sdp,
  answer: Sdp,
  policy: MatchPolicy = "rfc",
): readonly ChosenCodec[] {
  const offered = readDescription(offer).media;
  const answered = readDescription(answer).media;
  return offered.flatMap((left, index) => {
    const right = answered[index];
    if (!left.isRtp || !right) return [];
    return [
      chosen("offerer", left, right, left, policy),
      chosen("answerer", right, left, left, policy),
    ];
  });
}

function chosen(
  sender: ChosenCodec["sender"],
  from: MediaDescription,
  to: MediaDescription,
  offered: MediaDescription,
  policy: MatchPolicy,
): ChosenCodec {
  const base = {
    index: offered.index,
    ...(offered.mid !== undefined && { mid: offered.mid }),
    kind: offered.kind,
    sender,
  };
  const silence = whySilent(from, to, sender);
  if (silence) return { ...base, companions: [], reason: silence, others: [] };
  const common = readPayloadTypeGraph(to).nodes.filter(
    ({ codec }) => codec && counterpart(codec, from, policy),
  );
  const winner = common.find(({ role }) => role === "media")?.codec;
  const others = mediaCodecs(offered)
    .filter((codec) => !winner || !isSame(codec, winner, policy))
    .map((codec) => ({ codec, reason: whyNot(codec, from, to, winner, policy) }));
  if (!winner) {
    return {
      ...base,
      companions: [],
      reason: {
        en: "The two descriptions have no codec in common.",
        ko: "두 설명에 공통 코덱이 없습니다.",
      },
      others,
    };
  }
  return {
    ...base,
    codec: winner,
    payloadType: winner.payloadType,
    companions: companionsOf(winner, common),
    reason: {
      en: `${codecLabel(winner)} is the first codec in the ${receiverOf(sender).en}'s order that both sides have.`,
      ko: withParticles(
        `${codecLabel(winner)}은(는) ${receiverOf(sender).ko}의 순서에서 양쪽이 모두 가진 첫 코덱입니다.`,
      ),
    },
    others,
  };
}

function companionsOf(winner: MediaCodec, common: readonly PayloadTypeNode[]): MediaCodec[] {
  const kept = new Set([winner.format]);
  for (let size = 0; size < kept.size; ) {
    size = kept.size;
    for (const node of common) {
      if (node.role !== "media" && isSupported(node, kept)) kept.add(node.format);
    }
  }
  return common.flatMap(({ codec }) =>
    codec && codec.format !== winner.format && kept.has(codec.format) ? [codec] : [],
  );
}

function whySilent(
  from: MediaDescription,
  to: MediaDescription,
  sender: ChosenCodec["sender"],
): Message | undefined {
  if (from.isRejected || to.isRejected) {
    return { en: "The section is rejected (port 0).", ko: "섹션이 거절되었습니다(포트 0)." };
  }
  if (!sends(from.direction)) {
    return {
      en: `The ${sender} does not send: its direction is ${from.direction}.`,
      ko: `${sender}의 방향이 ${from.direction}이므로 보내지 않습니다.`,
    };
  }
  if (!receives(to.direction)) {
    return {
      en: `The ${receiverOf(sender).en} does not receive: its direction is ${to.direction}.`,
      ko: `${receiverOf(sender).ko}의 방향이 ${to.direction}이므로 받지 않습니다.`,
    };
  }
  return undefined;
}

function whyNot(
  codec: MediaCodec,
  from: MediaDescription,
  to: MediaDescription,
  winner: MediaCodec | undefined,
  policy: MatchPolicy,
): Message {
  const missing = [from, to].find((side) => !counterpart(codec, side, policy));
  if (missing) {
    const namesake = missing.codecs.find(
      ({ name }) => name.toLowerCase() === codec.name.toLowerCase(),
    );
    if (namesake) return matchCodec(codec, namesake, policy).reason;
    return {
      en: `The answer does not have ${codecLabel(codec)}.`,
      ko: withParticles(`answer에 ${codecLabel(codec)}이(가) 없습니다.`),
    };
  }
  return {
    en: `Both sides have it, but ${winner ? codecLabel(winner) : "another codec"} comes first.`,
    ko: withParticles(
      `양쪽에 모두 있지만 ${winner ? codecLabel(winner) : "다른 코덱"}이(가) 앞에 있습니다.`,
    ),
  };
}

function mediaCodecs(media: MediaDescription): MediaCodec[] {
  return readPayloadTypeGraph(media).nodes.flatMap(({ role, codec }) =>
    role === "media" && codec ? [codec] : [],
  );
}

/** The same codec in another description, the one with the same payload type first. */
function counterpart(
  codec: MediaCodec,
  media: MediaDescription,
  policy: MatchPolicy,
): MediaCodec | undefined {
  const matching = media.codecs.filter((other) => matchCodec(codec, other, policy).matches);
  return matching.find(({ format }) => format === codec.format) ?? matching[0];
}

function isSame(a: MediaCodec, b: MediaCodec, policy: MatchPolicy): boolean {
  return a.format === b.format && matchCodec(a, b, policy).matches;
}

function receiverOf(sender: ChosenCodec["sender"]): Message {
  return sender === "offerer"
    ? { en: "answerer", ko: "answerer" }
    : { en: "offerer", ko: "offerer" };
}
