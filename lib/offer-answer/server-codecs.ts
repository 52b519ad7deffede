import type { CodecPattern } from "../codec/codec.ts";
import type { CodecMatch } from "../codec/match.ts";
import { codecLabel, fitsPattern } from "../codec/match.ts";
import { parseCodecPattern, printCodecPattern } from "../codec/pattern.ts";
import type { MatchPolicy } from "../codec/rule.ts";
import type { Diagnostic, Related } from "../diagnostic.ts";
import { rfc } from "../rfc.ts";
import type { MediaCodec, MediaDescription, SessionDescription } from "../sdp/description.ts";
import type { Line, Sdp } from "../sdp/document.ts";
import { readDescription } from "../sdp/read-description.ts";
import { spanOf } from "../sdp/span-of.ts";
import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";
import type { PayloadTypeGraph, PayloadTypeNode } from "./payload-type-graph.ts";
import { readPayloadTypeGraph } from "./payload-type-graph.ts";
import type { CodecDecision, CodecSelection } from "./select-codecs.ts";

/** The codecs a server says it will send, by kind; a kind that is not named is not decided about. */
export interface ServerChoice {
  readonly video?: CodecPattern;
  readonly audio?: CodecPattern;
}

/**
 * Fits an offer to a server that announced its codecs first: in every section of an announced kind exactly one format stays,
 * the best variant of the announced codec. Best is what fits closest, then the variant most receivers can decode,
 * then the offer's own order. RTX, RED and the other companions go, because the server announced one codec only.
 *
 * When a section has nothing that fits, or the offer has no section of an announced kind, there is a diagnostic of severity
 * `error` that lists what the offer has, and nothing is dropped at all: `filterCodecs` then leaves the text as it was.
 */
export function matchServerCodecs(
  offer: Sdp,
  choice: ServerChoice,
  policy: MatchPolicy = "rfc",
): CodecSelection {
  const description = readDescription(offer);
  const results = (["video", "audio"] as const).flatMap((kind) => {
    const pattern = choice[kind];
    if (pattern === undefined) return [];
    parseCodecPattern(pattern);
    const sections = description.media.filter(
      (media) => media.kind === kind && media.isRtp && !media.isRejected,
    );
    if (sections.length === 0) return [{ finding: kindNotOffered(kind, pattern) }];
    return sections.map((media) => fitSection(description, media, pattern, policy));
  });
  const findings = results.flatMap(({ finding }) => (finding ? [finding] : []));
  const decisions = results.flatMap((result) => ("kept" in result ? [result] : []));
  if (findings.length > 0) return { kept: [], dropped: [], diagnostics: findings };
  return {
    kept: decisions.flatMap(({ kept }) => kept),
    dropped: decisions.flatMap(({ dropped }) => dropped),
    diagnostics: [],
  };
}

interface Fitted extends Pick<CodecSelection, "kept" | "dropped"> {
  readonly finding?: undefined;
}

interface Unfitted {
  readonly finding: Diagnostic;
}

function fitSection(
  description: SessionDescription,
  media: MediaDescription,
  pattern: CodecPattern,
  policy: MatchPolicy,
): Fitted | Unfitted {
  const graph = readPayloadTypeGraph(media);
  const judged = graph.nodes.map((node) => ({
    node,
    match: node.codec && fitsPattern(node.codec, pattern, policy),
  }));
  const best = judged
    .filter(({ match }) => match?.matches)
    .sort(
      (a, b) =>
        (b.match?.score ?? 0) - (a.match?.score ?? 0) || preference(b.node) - preference(a.node),
    )[0]?.node;
  if (!best?.codec) {
    return { finding: codecNotOffered(description, graph, pattern, judged) };
  }
  const chosen = best.codec;
  const decision = (node: PayloadTypeNode, reason: Message): CodecDecision => ({
    index: media.index,
    ...(media.mid !== undefined && { mid: media.mid }),
    kind: media.kind,
    format: node.format,
    ...(node.codec && { codec: node.codec }),
    reason,
  });
  return {
    kept: [decision(best, announced(chosen, pattern))],
    dropped: judged
      .filter(({ node }) => node !== best)
      .map(({ node, match }) => decision(node, whyDropped(node, match, chosen, pattern))),
  };
}

function preference({ rule, codec }: PayloadTypeNode): number {
  return rule?.preference?.(codec?.fmtp) ?? 0;
}

function announced(codec: MediaCodec, pattern: CodecPattern): Message {
  return {
    en: `The server announced ${printCodecPattern(pattern)}; payload type ${codec.format} is its best variant here.`,
    ko: withParticles(
      `서버가 ${printCodecPattern(pattern)}을(를) 알렸고, 이 중 페이로드 타입 ${codec.format}이(가) 가장 알맞습니다.`,
    ),
  };
}

function whyDropped(
  { codec, format, role }: PayloadTypeNode,
  match: CodecMatch | undefined,
  chosen: MediaCodec,
  pattern: CodecPattern,
): Message {
  if (!codec || !match) {
    return {
      en: `Payload type ${format} has no a=rtpmap line and no static meaning.`,
      ko: `페이로드 타입 ${format}에 a=rtpmap 줄이 없고 정적 의미도 없습니다.`,
    };
  }
  if (match.matches) {
    const variant = chosen.fmtp === undefined ? "" : ` (${chosen.fmtp})`;
    return {
      en: `It fits too, but payload type ${chosen.format}${variant} is the better variant.`,
      ko: withParticles(
        `이것도 맞지만 페이로드 타입 ${chosen.format}${variant}이(가) 더 알맞습니다.`,
      ),
    };
  }
  if (role === "media") return match.reason;
  return {
    en: `The server announced ${printCodecPattern(pattern)} alone, not ${codecLabel(codec)} beside it.`,
    ko: withParticles(
      `서버는 ${printCodecPattern(pattern)}만 알렸고 ${codecLabel(codec)}은(는) 알리지 않았습니다.`,
    ),
  };
}

function kindNotOffered(kind: string, pattern: CodecPattern): Diagnostic {
  return {
    code: "server-codec/kind-not-offered",
    severity: "error",
    message: {
      en: `The server announced ${printCodecPattern(pattern)}, but the offer has no active ${kind} section.`,
      ko: withParticles(
        `서버가 ${printCodecPattern(pattern)}을(를) 알렸지만 offer에 사용 중인 ${kind} 섹션이 없습니다.`,
      ),
    },
    rfc: rfc(3264, "6"),
  };
}

function codecNotOffered(
  { document }: SessionDescription,
  { media, nodes }: PayloadTypeGraph,
  pattern: CodecPattern,
  judged: readonly { readonly node: PayloadTypeNode; readonly match: CodecMatch | undefined }[],
): Diagnostic {
  const offered = nodes.flatMap(({ role, codec }) =>
    role === "media" && codec ? [`${codecLabel(codec)} (${codec.format})`] : [],
  );
  const list = offered.length === 0 ? "–" : offered.join(", ");
  const where = (line: Line) => spanOf(document, line);
  const related = judged.flatMap(({ node, match }): Related[] => {
    if (node.role !== "media" || !node.codec || !match) return [];
    const line = node.codec.rtpmapLine ?? media.line;
    return [{ message: match.reason, text: "offer", span: where(line) }];
  });
  return {
    code: "server-codec/not-offered",
    severity: "error",
    message: {
      en: `The server announced ${printCodecPattern(pattern)}, but the ${media.kind} section${named(media)} offers only ${list}.`,
      ko: withParticles(
        `서버가 ${printCodecPattern(pattern)}을(를) 알렸지만 ${media.kind} 섹션${named(media)}의 offer에는 ${list}만 있습니다.`,
      ),
    },
    span: where(media.line),
    rfc: rfc(3264, "6.1"),
    related,
  };
}

function named({ mid }: MediaDescription): string {
  return mid === undefined ? "" : ` (mid ${mid})`;
}
