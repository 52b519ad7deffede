import { codecLabel, matchCodec } from "../../codec/match.ts";
import { receives, sends } from "../../offer-answer/direction.ts";
import { readPayloadTypeGraph } from "../../offer-answer/payload-type-graph.ts";
import { rfc } from "../../rfc.ts";
import type { MediaCodec, MediaDescription } from "../../sdp/description.ts";
import type { Message } from "../../text.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { AppliedDescription, Connection, Session } from "../session.ts";
import { exchangesOf } from "../session.ts";

/** Both sides have one codec in common. RFC 3264 §6.1. */
export const noCommonCodec: Rule<"session"> = defineRule({
  code: "session/no-common-codec",
  subject: "session",
  severity: "error",
  rfc: rfc(3264, "6.1"),
  summary: {
    en: "Offer and answer have a codec for media in common; RTX, RED, FEC, CN and telephone-event are none.",
    ko: "offer와 answer에는 미디어용 공통 코덱이 있어야 합니다. RTX, RED, FEC, CN, telephone-event는 해당하지 않습니다.",
  },
  explainedBy: ["session/description-changed", "answer/media-kind", "answer/m-line-count"],
  *check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    const known = new Set<string>();
    for (const { offer, answer, connection } of exchangesOf(session)) {
      yield;
      const offered = session.read(offer.sdp).description.media;
      for (const answered of session.read(answer.sdp).description.media) {
        const asked = offered[answered.index];
        const section = JSON.stringify([connection.peer, connection.pc, answered.index]);
        if (!asked?.isRtp || asked.isRejected || known.has(section)) continue;
        const reason = whyNone(asked, answered, answer, connection, session);
        if (!reason) continue;
        known.add(section);
        report(connection, {
          events: [offer.seq, answer.seq],
          t: answer.t,
          confidence: reason.confidence,
          message: {
            en: `No common ${asked.kind} codec in section ${answered.index}: offered were ${labels(asked)}. ${reason.message.en}`,
            ko: `섹션 ${answered.index}에 공통 ${asked.kind} 코덱이 없습니다. 제안한 코덱은 ${labels(asked)}입니다. ${reason.message.ko}`,
          },
          advice: {
            en: "Let both sides have one codec in the same configuration: order it first with setCodecPreferences where one is missing, or transcode between them.",
            ko: "양쪽이 같은 설정의 코덱을 하나 갖게 하십시오. 빠진 쪽에서는 setCodecPreferences로 추가하거나 중간에서 변환하십시오.",
          },
        });
      }
    }
  },
});

interface Reason {
  readonly message: Message;
  readonly confidence: "certain" | "likely";
}

function whyNone(
  asked: MediaDescription,
  answered: MediaDescription,
  answer: AppliedDescription,
  connection: Connection,
  session: Session,
): Reason | undefined {
  const offered = mediaCodecs(asked);
  const taken = mediaCodecs(answered);
  if (offered.length === 0) return undefined;
  if (!answered.isRejected) {
    if (!sends(answered.direction) && !receives(answered.direction)) return undefined;
    if (taken.length > 0 && taken.some((codec) => hasMatch(codec, offered))) return undefined;
    return {
      confidence: "certain",
      message: {
        en: `The answer has ${labels(answered) || "none"}. ${near(offered, taken).en}`.trim(),
        ko: `answer에는 ${labels(answered) || "코덱이 없고"}만 있습니다. ${near(offered, taken).ko}`.trim(),
      },
    };
  }
  if (taken.length > 0) return undefined;
  // Rejected, and nothing for media is left of what was offered: compare with what the answerer has elsewhere.
  const own = codecsOfAnswerer(asked.kind, answer, connection, session);
  if (own === undefined) {
    if (answered.codecs.length === 0) return undefined;
    return {
      confidence: "likely",
      message: {
        en: "The answer rejects the section and keeps nothing of it but helpers.",
        ko: "answer가 섹션을 거절했고 보조 포맷만 남겼습니다.",
      },
    };
  }
  if (own.some((codec) => hasMatch(codec, offered))) return undefined;
  return {
    confidence: "certain",
    message: {
      en: `The answering side has ${list(own)}. ${near(offered, own).en}`.trim(),
      ko: `답하는 쪽의 코덱은 ${list(own)}입니다. ${near(offered, own).ko}`.trim(),
    },
  };
}

function hasMatch(codec: MediaCodec, others: readonly MediaCodec[]): boolean {
  return others.some((other) => matchCodec(codec, other, "libwebrtc").matches);
}

/** A codec that both have by name, in configurations that do not fit. */
function near(offered: readonly MediaCodec[], own: readonly MediaCodec[]): Message {
  for (const codec of offered) {
    const namesake = own.find(({ name }) => name.toLowerCase() === codec.name.toLowerCase());
    if (namesake) return matchCodec(codec, namesake, "libwebrtc").reason;
  }
  return { en: "", ko: "" };
}

/** What the answering side offered or answered for this kind at other times; `undefined` when it never did. */
function codecsOfAnswerer(
  kind: string,
  answer: AppliedDescription,
  connection: Connection,
  session: Session,
): readonly MediaCodec[] | undefined {
  const answerer = answer.side === "local" ? connection : session.otherEnd(connection);
  const sdps = [
    ...(answerer?.made.slice(-3) ?? []),
    ...(answerer?.applied.slice(-6).filter(({ side }) => side === "local") ?? []),
  ].flatMap(({ sdp }) => (sdp === undefined || sdp === answer.sdp ? [] : [sdp]));
  const codecs = sdps
    .slice(-3)
    .flatMap((sdp) => session.read(sdp).description.media)
    .filter((media) => media.kind === kind && !media.isRejected)
    .flatMap(mediaCodecs);
  return codecs.length > 0 ? codecs : undefined;
}

function mediaCodecs(media: MediaDescription): readonly MediaCodec[] {
  return readPayloadTypeGraph(media).nodes.flatMap(({ role, codec }) =>
    role === "media" && codec ? [codec] : [],
  );
}

function labels(media: MediaDescription): string {
  return list(mediaCodecs(media));
}

function list(codecs: readonly MediaCodec[]): string {
  return [...new Set(codecs.map(codecLabel))].slice(0, 8).join(", ");
}
