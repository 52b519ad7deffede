import type { CodecPattern } from "../codec/codec.ts";
import { codecLabel, fitsPattern, isFit } from "../codec/match.ts";
import type { ParsedCodecPattern } from "../codec/pattern.ts";
import { parseCodecPattern, printCodecPattern } from "../codec/pattern.ts";
import type { MatchPolicy } from "../codec/rule.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { MediaCodec, MediaDescription } from "../sdp/description.ts";
import type { Sdp } from "../sdp/document.ts";
import { readDescription } from "../sdp/read-description.ts";
import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";
import type { FormatChoice, FormatFate, SelectOptions } from "./choose-formats.ts";
import { chooseFormats } from "./choose-formats.ts";
import type { Missing, PayloadTypeGraph, PayloadTypeNode } from "./payload-type-graph.ts";

/** Which formats of a description stay and which go, as data; `filterCodecs` carries it out. */
export interface CodecSelection {
  readonly kept: readonly CodecDecision[];
  readonly dropped: readonly CodecDecision[];
  /** What a person should know about the choice, such as a codec that nobody offers. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What was decided about one format of one media section. */
export interface CodecDecision {
  /** The m-line index. */
  readonly index: number;
  readonly mid?: string;
  readonly kind: string;
  /** The format as it stands in the `m=` line. */
  readonly format: string;
  /** Absent for a payload type without any meaning. */
  readonly codec?: MediaCodec;
  readonly reason: Message;
}

/**
 * Decides which codecs stay when only `wanted` ones shall: those that fit a pattern, and what belongs to them.
 * RTX follows the codec that its `apt` names, RED its list, FEC, CN and telephone-event a codec of their clock rate;
 * none stays without it. A pattern that names a companion waives its clock rate, but not what it refers to.
 * Only sections of a kind that one of the patterns belongs to are decided about: `["VP8"]` says nothing about audio.
 * Rejected sections and data sections are left alone.
 */
export function selectCodecs(
  sdp: Sdp,
  wanted: readonly CodecPattern[],
  options: SelectOptions = {},
): CodecSelection {
  const { media } = readDescription(sdp);
  const patterns = wanted.map(parseCodecPattern);
  const codecs = media.flatMap((section) => (section.isRejected ? [] : section.codecs));
  const { policy = "rfc" } = options;
  const decided = chooseFormats(media, patterns, options).map((choice) => {
    const decide = decider(choice, patterns, policy);
    return {
      kept: choice.fates.filter(({ isKept }) => isKept).map(decide),
      dropped: choice.fates.filter(({ isKept }) => !isKept).map(decide),
    };
  });
  return {
    kept: decided.flatMap(({ kept }) => kept),
    dropped: decided.flatMap(({ dropped }) => dropped),
    diagnostics: patterns
      .filter((pattern) => !codecs.some((codec) => isFit(codec, pattern, policy)))
      .map((pattern) => notOffered(printCodecPattern(pattern), codecs)),
  };
}

function notOffered(pattern: string, codecs: readonly MediaCodec[]): Diagnostic {
  const names = [...new Set(codecs.map(codecLabel))].join(", ") || "-";
  return {
    code: "codec/not-offered",
    severity: "warning",
    message: {
      en: `Nothing in the description fits ${pattern}. It has ${names}.`,
      ko: `description에 ${pattern}에 맞는 코덱이 없습니다. 있는 코덱: ${names}`,
    },
  };
}

/** What makes a decision of each format that was decided about. */
function decider(
  choice: FormatChoice<MediaDescription>,
  wanted: readonly ParsedCodecPattern[],
  policy: MatchPolicy,
): (fate: FormatFate<MediaDescription>) => CodecDecision {
  const { index, mid, kind } = choice.media;
  return (fate) => ({
    index,
    ...(mid !== undefined && { mid }),
    kind,
    format: fate.node.format,
    ...(fate.node.codec && { codec: fate.node.codec }),
    reason: reasonFor(fate, choice.graph, wanted, policy),
  });
}

function reasonFor(
  { node, isKept, fit, missing }: FormatFate<MediaDescription>,
  graph: PayloadTypeGraph,
  wanted: readonly ParsedCodecPattern[],
  policy: MatchPolicy,
): Message {
  const { codec, format, role } = node;
  if (!codec) return withoutMeaning(format);
  if (missing) return whyLost(node, missing, graph);
  if (fit) return fitsPattern(codec, fit, policy).reason;
  if (isKept) return follows(node, graph);
  const near = wanted.find(({ name }) => name.toLowerCase() === codec.name.toLowerCase());
  return role === "media" && near
    ? fitsPattern(codec, near, policy).reason
    : notWanted(codec, wanted);
}

function describe(format: string, graph: PayloadTypeGraph): string {
  const codec = graph.byFormat.get(format)?.codec;
  return codec ? `${codecLabel(codec)} (${format})` : format;
}

function whyLost(node: PayloadTypeNode, missing: Missing, graph: PayloadTypeGraph): Message {
  const name = node.codec ? codecLabel(node.codec) : node.format;
  switch (missing.need) {
    case "apt":
      return {
        en: `${name} does not say what it repairs: its fmtp line has no apt.`,
        ko: withParticles(
          `${name}이(가) 무엇을 재전송하는지 알 수 없습니다. fmtp에 apt가 없습니다.`,
        ),
      };
    case "reference": {
      const target = describe(missing.format, graph);
      return graph.byFormat.has(missing.format)
        ? {
            en: `${name} refers to ${target}, which goes.`,
            ko: withParticles(`${name}이(가) 가리키는 ${target}이(가) 제거됩니다.`),
          }
        : {
            en: `${name} refers to payload type ${target}, which this section does not have.`,
            ko: withParticles(
              `${name}이(가) 가리키는 페이로드 타입 ${target}이(가) 이 섹션에 없습니다.`,
            ),
          };
    }
    case "carrier":
      return {
        en: `${name} travels inside ${describe(missing.format, graph)}, which goes.`,
        ko: withParticles(
          `${name}은(는) ${describe(missing.format, graph)} 안에 실려 가는데, 그것이 제거됩니다.`,
        ),
      };
    case "companion":
      return {
        en: `No codec with clock rate ${node.codec?.clockRate} stays that ${name} could go along with.`,
        ko: withParticles(
          `${name}과(와) 클럭(${node.codec?.clockRate})이 같은 코덱이 남지 않습니다.`,
        ),
      };
    default:
      return missing satisfies never;
  }
}

function follows(node: PayloadTypeNode, graph: PayloadTypeGraph): Message {
  const name = node.codec ? codecLabel(node.codec) : node.format;
  const targets = [...new Set(node.references)].map((format) => describe(format, graph));
  if (targets.length > 0) {
    return {
      en: `${name} follows ${targets.join(", ")}, which it refers to.`,
      ko: withParticles(`${name}은(는) 자신이 가리키는 ${targets.join(", ")}을(를) 따라갑니다.`),
    };
  }
  return {
    en: `${name} goes along with the codecs of clock rate ${node.codec?.clockRate}.`,
    ko: withParticles(`${name}은(는) 클럭 ${node.codec?.clockRate} 코덱을 따라갑니다.`),
  };
}

function notWanted(codec: MediaCodec, wanted: readonly ParsedCodecPattern[]): Message {
  const list = wanted.map(printCodecPattern).join(", ");
  return {
    en: `${codecLabel(codec)} is not among the wanted codecs: ${list}.`,
    ko: withParticles(`${codecLabel(codec)}은(는) 원하는 코덱(${list})에 없습니다.`),
  };
}

function withoutMeaning(format: string): Message {
  return {
    en: `Payload type ${format} has no a=rtpmap line and no static meaning.`,
    ko: `페이로드 타입 ${format}에 a=rtpmap 줄이 없고 정적 의미도 없습니다.`,
  };
}
