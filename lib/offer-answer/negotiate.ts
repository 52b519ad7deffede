import type { Diagnostic } from "../diagnostic.ts";
import { rfc } from "../rfc.ts";
import type { MediaDescription, SessionDescription, Setup } from "../sdp/description.ts";
import type { Sdp, SdpDocument } from "../sdp/document.ts";
import { documentOf, parse } from "../sdp/parse.ts";
import { readDescription } from "../sdp/read-description.ts";
import { spanOf } from "../sdp/span-of.ts";
import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";
import { printAnswer } from "./answer-text.ts";
import type { AnswerHabits, Capabilities, MediaCapabilities } from "./capabilities.ts";
import { answerDirection } from "./direction.ts";
import { negotiateCodecs } from "./negotiate-codecs.ts";
import { negotiateExtensions } from "./negotiate-extensions.ts";
import type { NegotiateOptions, Negotiation, SectionDecision } from "./negotiation.ts";
import { readAs } from "./read-as.ts";

/**
 * The answer that an endpoint with these capabilities gives to an offer. RFC 3264 §6, RFC 9429 §5.3.1.
 * It has the offer's sections in the offer's order; a section without a common codec, of an unknown kind or transport,
 * or rejected by the offer itself is rejected with port 0 and one format. Payload types, mids and extension ids are the offer's.
 * Without credentials and fingerprints of its own the answer carries example values, with a diagnostic: good for a test, not for a call.
 * Never throws on what the offer says: what is broken there is left out or rejected. The rules (`lint`) say what a browser refuses.
 */
export function negotiate(
  offer: Sdp,
  capabilities: Capabilities,
  options: NegotiateOptions = {},
): Negotiation {
  const document = documentOf(offer);
  const { habits } = capabilities;
  const description = readDescription(readAs(document, habits));
  const mids = midsOf(description, habits);
  const judged = description.media.map((media) =>
    decide(media, mids[media.index], capabilities, options),
  );
  const bundle = bundleOf(description, judged, habits);
  const drafts = habits.keepsLoneBundleOnly ? judged : withoutLone(description, judged, bundle);
  const tagged = drafts.find(({ mid }) => mid !== undefined && mid === bundle[0]);
  const decisions = drafts.map((draft) => {
    const isBundled = draft.isAccepted && draft.mid !== undefined && bundle.includes(draft.mid);
    // One transport has one DTLS role: that of the tagged section. RFC 9143 §7.3.1.
    const takesOver = isBundled && draft.setup && !habits.answersEachSetup;
    const { setup } = (takesOver ? tagged : undefined) ?? draft;
    const { setup: _, ...rest } = draft;
    return { ...rest, ...(setup && { setup }), isBundled };
  });
  return {
    answer: parse(printAnswer({ description, decisions, bundle, capabilities, options })),
    decisions,
    diagnostics: [...exampleValues(options), ...rejections(document, description, decisions)],
  };
}

/** What JSEP accepts, and what it wants to be understood beside it. RFC 9429 §5.1.2. */
const mediaProtocols: ReadonlySet<string> = new Set(
  ["UDP/TLS/", "TCP/TLS/", "TCP/DTLS/", ""].flatMap((transport) =>
    ["RTP/SAVPF", "RTP/SAVP", "RTP/AVPF", "RTP/AVP"].map((profile) => transport + profile),
  ),
);
const dataProtocols: ReadonlySet<string> = new Set(["UDP/DTLS/SCTP", "TCP/DTLS/SCTP", "DTLS/SCTP"]);

type Draft = Omit<SectionDecision, "isBundled">;

/** The mids of the answer's sections: the offered ones, and where habits say so, numbers for the others. */
function midsOf(
  { media }: SessionDescription,
  { namesSections }: AnswerHabits,
): readonly (string | undefined)[] {
  const taken = new Set(media.map(({ mid }) => mid));
  return media.map(({ mid }) => {
    if (mid !== undefined || !namesSections) return mid;
    let free = 0;
    while (taken.has(String(free))) free++;
    taken.add(String(free));
    return String(free);
  });
}

function decide(
  media: MediaDescription,
  mid: string | undefined,
  capabilities: Capabilities,
  options: NegotiateOptions,
): Draft {
  const { habits } = capabilities;
  const base = { index: media.index, ...(mid !== undefined && { mid }), kind: media.kind };
  const refused = (reason: Message): Draft => refusal(base, reason);
  if (media.isRejected || (media.port === 0 && !media.isBundleOnly)) {
    return refused({
      en: "The offer itself rejects the section (port 0).",
      ko: "offer 자체가 이 섹션을 거절했습니다(포트 0).",
    });
  }
  // Without a fingerprint there is no DTLS, and no role to take.
  const setup =
    media.dtls.fingerprints.length > 0
      ? { setup: answerSetup(media.dtls.setup, options.setup ?? "active") }
      : {};
  if (media.kind === "application" && dataProtocols.has(media.protocol)) {
    if (!capabilities.data) return refused(unsupportedKind(media));
    if (media.sctp?.port === undefined && !habits.assumesSctpPort) {
      return refused({
        en: "The data section has no a=sctp-port.",
        ko: "데이터 섹션에 a=sctp-port가 없습니다.",
      });
    }
    if (media.sctp?.port === 0 && !habits.assumesSctpPort) {
      return refused({
        en: "The data section closes its SCTP association (a=sctp-port:0).",
        ko: "데이터 섹션이 SCTP 연결을 닫습니다(a=sctp-port:0).",
      });
    }
    return {
      ...base,
      isAccepted: true,
      reason: {
        en: "Data channels are supported.",
        ko: "데이터 채널을 지원합니다.",
      },
      direction: "sendrecv",
      ...setup,
      codecs: [],
      refusedCodecs: [],
      extensions: [],
    };
  }
  const own = mediaCapabilities(media, capabilities);
  const isKnown =
    mediaProtocols.has(media.protocol) && !habits.refusedProtocols?.includes(media.protocol);
  if (!own || !isKnown) return refused(unsupportedKind(media));
  const wanted =
    typeof options.direction === "function"
      ? options.direction(media)
      : (options.direction ?? "recvonly");
  const { codecs, refused: refusedCodecs } = negotiateCodecs(
    readable(media, habits.maxFormats),
    capabilities,
    own.codecs,
    wanted,
  );
  if (codecs.length === 0) {
    return { ...refused(noCommonCodec(media)), refusedCodecs };
  }
  return {
    ...base,
    isAccepted: true,
    reason: {
      en: `${codecs.length} of ${media.formats.length} offered formats are supported.`,
      ko: `offer의 포맷 ${media.formats.length}개 중 ${codecs.length}개를 지원합니다.`,
    },
    direction: answerDirection(media.direction, wanted),
    ...setup,
    codecs,
    refusedCodecs,
    extensions: negotiateExtensions(media.extensions, own.extensions, habits),
  };
}

/** The section as an endpoint sees it that stops reading after so many formats. */
function readable(
  media: MediaDescription,
  maxFormats = Number.POSITIVE_INFINITY,
): MediaDescription {
  if (media.formats.length <= maxFormats) return media;
  const formats = media.formats.slice(0, maxFormats);
  const codecs = media.codecs.filter(({ format }) => formats.includes(format));
  return { ...media, formats, codecs };
}

function mediaCapabilities(
  { kind }: MediaDescription,
  { audio, video }: Capabilities,
): MediaCapabilities | undefined {
  if (kind === "audio") return audio;
  return kind === "video" ? video : undefined;
}

/** RFC 4145 §4.1, RFC 8842 §5.3: an answer is active or passive, never actpass. */
function answerSetup(offered: Setup | undefined, preferred: "active" | "passive"): Setup {
  if (offered === "active") return "passive";
  return offered === "passive" ? "active" : preferred;
}

/** The offered group without the sections that were rejected. RFC 9143 §7.3. */
function bundleOf(
  { bundle, media }: SessionDescription,
  drafts: readonly Draft[],
  { bundleOrder, echoesBundleTags }: AnswerHabits,
): readonly string[] {
  const offered = [...new Set(bundle?.mids)];
  const rejected = new Set(drafts.flatMap(({ isAccepted, mid }) => (isAccepted ? [] : [mid])));
  const order = new Map(drafts.map(({ mid, index }) => [mid, index]));
  const kept = offered.filter((mid) => !rejected.has(mid) && (echoesBundleTags || order.has(mid)));
  if (bundleOrder === "sections") {
    return kept.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  }
  const bundleOnly = new Set(media.flatMap(({ mid, isBundleOnly }) => (isBundleOnly ? [mid] : [])));
  const tag = kept.find((mid) => !bundleOnly.has(mid));
  return tag === undefined ? [] : [tag, ...kept.filter((mid) => mid !== tag)];
}

function unsupportedKind({ kind, protocol }: MediaDescription): Message {
  return {
    en: `m=${kind} over ${protocol} is not supported.`,
    ko: withParticles(`${protocol}을(를) 쓰는 m=${kind}을(를) 지원하지 않습니다.`),
  };
}

function noCommonCodec({ codecs }: MediaDescription): Message {
  const offered = [...new Set(codecs.map(({ name }) => name))].join(", ") || "–";
  return {
    en: `None of the offered codecs is supported: ${offered}.`,
    ko: `offer의 코덱(${offered}) 중 지원하는 것이 없습니다.`,
  };
}

/** What the answer says of a section that is not taken. */
function refusal(base: Pick<Draft, "index" | "mid" | "kind">, reason: Message): Draft {
  const { index, mid, kind } = base;
  return {
    index,
    ...(mid !== undefined && { mid }),
    kind,
    isAccepted: false,
    reason,
    direction: "inactive",
    codecs: [],
    refusedCodecs: [],
    extensions: [],
  };
}

/** A bundle-only section has no transport of its own: outside the group it is rejected. RFC 9143 §7.3.2. */
function withoutLone(
  { media }: SessionDescription,
  drafts: readonly Draft[],
  bundle: readonly string[],
): readonly Draft[] {
  return drafts.map((draft) => {
    const isInGroup = draft.mid !== undefined && bundle.includes(draft.mid);
    const offered = media[draft.index];
    const isLone = offered?.isBundleOnly && offered.port === 0 && !isInGroup;
    if (!draft.isAccepted || !isLone) return draft;
    return refusal(draft, {
      en: "The section is bundle-only, and there is no bundled section whose transport it could use.",
      ko: "bundle-only 섹션인데, 전송을 함께 쓸 번들 섹션이 없습니다.",
    });
  });
}

function rejections(
  document: SdpDocument,
  { media }: SessionDescription,
  decisions: readonly SectionDecision[],
): Diagnostic[] {
  return decisions.flatMap(({ index, isAccepted, reason }): Diagnostic[] => {
    const section = media[index];
    const line = document.media[index]?.lines[0];
    if (isAccepted || !line || !section || section.isRejected) return [];
    return [
      {
        code: "negotiation/section-rejected",
        severity: "warning",
        message: {
          en: `Media section ${index} (${section.kind}) is rejected: ${reason.en}`,
          ko: withParticles(`미디어 섹션 ${index}(${section.kind})을(를) 거절합니다: ${reason.ko}`),
        },
        span: spanOf(document, line),
        rfc: rfc(3264, "6"),
      },
    ];
  });
}

function exampleValues({ ice, fingerprints }: NegotiateOptions): Diagnostic[] {
  if (ice && fingerprints) return [];
  return [
    {
      code: "negotiation/example-credentials",
      severity: "info",
      message: {
        en: "No ICE credentials or fingerprints were given: the answer carries example values and cannot connect.",
        ko: "ICE 자격 증명이나 지문을 주지 않아 answer에 예시 값을 넣었습니다. 이 answer로는 연결할 수 없습니다.",
      },
    },
  ];
}
