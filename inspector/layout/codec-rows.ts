import type { ChosenCodec, MediaCodec, MediaDescription, Message } from "../../lib/index.ts";
import { chosenCodecs, codecRuleFor, matchCodec, readDescription } from "../../lib/index.ts";

/** What became of one codec between an offer and its answer. */
export interface CodecRow {
  /** As the offer has it, else as the answer has it. */
  readonly codec: MediaCodec;
  /** Its place in the offer's order, from 1. */
  readonly offered?: number;
  /** Its place in the answer's order, from 1, and its payload type there. */
  readonly answered?: number;
  readonly answeredPayloadType?: number;
  /** Every kind of RTCP feedback that one side or both named for it. RFC 4585 §4.2. */
  readonly feedback: readonly FeedbackRow[];
  /** Who sends it. */
  readonly sentBy: readonly ChosenCodec["sender"][];
  /** RTX, FEC and the like: they go along with another codec. */
  readonly isCompanion: boolean;
  /** Why it is sent, or why not, for each side that has something to say; sentences that say the same are there once. */
  readonly reasons: readonly Message[];
}

/** Such as `nack pli`: it is used where both sides name it. */
export interface FeedbackRow {
  readonly name: string;
  readonly isOffered: boolean;
  readonly isAnswered: boolean;
}

/** A header extension that one side or both named. */
export interface ExtensionRow {
  readonly uri: string;
  readonly offered?: number;
  readonly answered?: number;
}

/** The codecs and header extensions of one RTP section, offered and answered. */
export interface CodecSection {
  readonly index: number;
  readonly mid?: string;
  readonly kind: string;
  readonly isRejected: boolean;
  readonly rows: readonly CodecRow[];
  readonly extensions: readonly ExtensionRow[];
  /** What each side will send, and why. */
  readonly chosen: readonly ChosenCodec[];
}

/** Lays out what `chosenCodecs` decides, section by section; without an answer what was offered. */
export function codecSections(offer: string, answer: string | undefined): readonly CodecSection[] {
  const left = readDescription(offer).media;
  const right = answer === undefined ? [] : readDescription(answer).media;
  const decisions = answer === undefined ? [] : chosenCodecs(offer, answer);
  return left.flatMap((section, index): CodecSection[] => {
    if (!section.isRtp) return [];
    const partner = right[index];
    const chosen = decisions.filter((one) => one.index === index);
    return [
      {
        index,
        ...(section.mid !== undefined && { mid: section.mid }),
        kind: section.kind,
        isRejected: partner?.isRejected ?? section.isRejected,
        rows: rowsOf(section, partner, chosen),
        extensions: extensionsOf(section, partner),
        chosen,
      },
    ];
  });
}

function rowsOf(
  offered: MediaDescription,
  answered: MediaDescription | undefined,
  chosen: readonly ChosenCodec[],
): readonly CodecRow[] {
  const taken = new Set<MediaCodec>();
  const rows = offered.codecs.map((codec, place): CodecRow => {
    const partner = partnerOf(codec, answered?.codecs ?? [], taken);
    if (partner) taken.add(partner);
    return rowOf(codec, place + 1, partner, answered, chosen);
  });
  const added = (answered?.codecs ?? []).filter((codec) => !taken.has(codec));
  return [...rows, ...added.map((codec) => rowOf(codec, undefined, codec, answered, chosen))];
}

function rowOf(
  codec: MediaCodec,
  offered: number | undefined,
  partner: MediaCodec | undefined,
  answered: MediaDescription | undefined,
  chosen: readonly ChosenCodec[],
): CodecRow {
  const isThis = (other: MediaCodec | undefined): boolean =>
    other !== undefined &&
    (isSame(other, codec) || (partner !== undefined && isSame(other, partner)));
  const reasons: Message[] = [];
  for (const decision of chosen) {
    const reason = isThis(decision.codec)
      ? decision.reason
      : decision.others.find((other) => isThis(other.codec))?.reason;
    if (reason && !reasons.some(({ en }) => en === reason.en)) reasons.push(reason);
  }
  return {
    codec,
    ...(offered !== undefined && { offered }),
    ...(partner && answered && { answered: answered.codecs.indexOf(partner) + 1 }),
    ...(partner && { answeredPayloadType: partner.payloadType }),
    feedback: feedbackOf(offered === undefined ? undefined : codec, partner),
    sentBy: chosen.filter((one) => isThis(one.codec)).map(({ sender }) => sender),
    isCompanion: companions.has(codec.name.toLowerCase()),
    reasons,
  };
}

function feedbackOf(
  offered: MediaCodec | undefined,
  answered: MediaCodec | undefined,
): readonly FeedbackRow[] {
  const [left, right] = [offered, answered].map((codec) => new Set(codec?.feedback ?? []));
  return [...new Set([...(left ?? []), ...(right ?? [])])].map((name) => ({
    name,
    isOffered: left?.has(name) ?? false,
    isAnswered: right?.has(name) ?? false,
  }));
}

const companions = new Set([
  "rtx",
  "red",
  "ulpfec",
  "flexfec-03",
  "flexfec",
  "cn",
  "telephone-event",
]);

function isSame(a: MediaCodec, b: MediaCodec): boolean {
  return a.payloadType === b.payloadType && a.name.toLowerCase() === b.name.toLowerCase();
}

/** The answer's entry for an offered codec: by identity and parameters, the same payload type first. */
function partnerOf(
  codec: MediaCodec,
  others: readonly MediaCodec[],
  taken: ReadonlySet<MediaCodec>,
): MediaCodec | undefined {
  const free = others.filter((other) => !taken.has(other));
  const fitting = free.filter(
    (other) =>
      other.name.toLowerCase() === codec.name.toLowerCase() && matchCodec(codec, other).matches,
  );
  const same = fitting.find(({ payloadType }) => payloadType === codec.payloadType);
  // rtx names another payload type, which is no parameter to compare: without its own number it is another one's.
  return same ?? (isRtx(codec) ? undefined : fitting[0]);
}

function isRtx({ name }: MediaCodec): boolean {
  return name.toLowerCase() === "rtx" || codecRuleFor(name) === undefined;
}

function extensionsOf(
  offered: MediaDescription,
  answered: MediaDescription | undefined,
): readonly ExtensionRow[] {
  const known = new Map<string, ExtensionRow>();
  for (const { uri, id } of offered.extensions) known.set(uri, { uri, offered: id });
  for (const { uri, id } of answered?.extensions ?? [])
    known.set(uri, { ...(known.get(uri) ?? { uri }), answered: id });
  return [...known.values()];
}
