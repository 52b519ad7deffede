import type { CodecPattern } from "../codec/codec.ts";
import { codecLabel, fitsPattern } from "../codec/match.ts";
import { parseCodecPattern, printCodecPattern } from "../codec/pattern.ts";
import type { MatchPolicy } from "../codec/rule.ts";
import { codecRuleFor } from "../codec/rules/catalog.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { MediaCodec, MediaDescription } from "../sdp/description.ts";
import type { Sdp } from "../sdp/document.ts";
import { readDescription } from "../sdp/read-description.ts";
import type { Message } from "../text.ts";
import type { PayloadTypeGraph, PayloadTypeNode } from "./payload-type-graph.ts";
import { firstMissing, readPayloadTypeGraph } from "./payload-type-graph.ts";

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

/** How `selectCodecs` and `filterCodecs` choose. */
export interface SelectOptions {
  /** How format parameters of a pattern are compared; `rfc` unless told otherwise. */
  readonly policy?: MatchPolicy;
  /**
   * What becomes of RTX, RED, FEC, CN and telephone-event that no pattern names: `keep` (the default) lets them follow
   * their codecs, `drop` removes them.
   */
  readonly dependents?: "keep" | "drop";
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
  const codecs = media.flatMap((section) => (section.isRejected ? [] : section.codecs));
  const kinds = kindsOf(wanted, media);
  const decided = media
    .filter((section) => kinds.has(section.kind) && section.isRtp && !section.isRejected)
    .map((section) => decide(readPayloadTypeGraph(section), wanted, options));
  return {
    kept: decided.flatMap(({ kept }) => kept),
    dropped: decided.flatMap(({ dropped }) => dropped),
    diagnostics: wanted
      .filter((one) => !codecs.some((codec) => fitsPattern(codec, one, options.policy).matches))
      .map((one) => notOffered(printCodecPattern(one), codecs)),
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

/** What is thought of one format by itself, before the graph is asked. */
interface CodecVerdict {
  readonly stays: boolean;
  readonly reason: Message;
  /** Somebody asked for it by name: it then needs no codec of its clock rate, though still what it refers to. */
  readonly isNamed?: boolean;
}

/** Follows the graph: given which media formats stay, decides about all formats of the section. */
function closeOver(
  graph: PayloadTypeGraph,
  judge: (node: PayloadTypeNode) => CodecVerdict,
): Pick<CodecSelection, "kept" | "dropped"> {
  const verdicts = new Map(graph.nodes.map((node) => [node.format, judge(node)]));
  const kept = new Set(
    graph.nodes.filter(({ format }) => verdicts.get(format)?.stays).map(({ format }) => format),
  );
  const lost = new Map<string, Message>();
  // Dropping one format can take the ground from the next (RTX of RED of opus): until nothing moves.
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const node of graph.nodes) {
      if (!kept.has(node.format) || node.role === "media") continue;
      const isNamed = verdicts.get(node.format)?.isNamed === true;
      const reason = whyUnsupported(node, graph, kept, isNamed);
      if (!reason) continue;
      kept.delete(node.format);
      lost.set(node.format, reason);
      isSettled = false;
    }
  }
  const decision = (node: PayloadTypeNode): CodecDecision => ({
    index: graph.media.index,
    ...(graph.media.mid !== undefined && { mid: graph.media.mid }),
    kind: graph.media.kind,
    format: node.format,
    ...(node.codec && { codec: node.codec }),
    reason: lost.get(node.format) ?? verdicts.get(node.format)?.reason ?? { en: "", ko: "" },
  });
  return {
    kept: graph.nodes.filter(({ format }) => kept.has(format)).map(decision),
    dropped: graph.nodes.filter(({ format }) => !kept.has(format)).map(decision),
  };
}

function decide(
  graph: PayloadTypeGraph,
  wanted: readonly CodecPattern[],
  { policy = "rfc", dependents = "keep" }: SelectOptions,
): Pick<CodecSelection, "kept" | "dropped"> {
  return closeOver(graph, (node) => {
    const { codec } = node;
    if (!codec) return { stays: false, reason: withoutMeaning(node.format) };
    const fits = wanted.map((pattern) => fitsPattern(codec, pattern, policy));
    const fit = fits.find(({ matches }) => matches);
    if (fit) return { stays: true, reason: fit.reason, isNamed: true };
    if (node.role === "media") {
      const near = wanted.findIndex(
        (pattern) => parseCodecPattern(pattern).name.toLowerCase() === codec.name.toLowerCase(),
      );
      return { stays: false, reason: fits[near]?.reason ?? notWanted(codec, wanted) };
    }
    return dependents === "keep"
      ? { stays: true, reason: follows(node, graph) }
      : { stays: false, reason: notWanted(codec, wanted) };
  });
}

/** The kinds that the patterns belong to. A companion such as `red` belongs to a kind only by its clock rate. */
function kindsOf(
  wanted: readonly CodecPattern[],
  media: readonly MediaDescription[],
): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const pattern of wanted) {
    const { name, clockRate } = parseCodecPattern(pattern);
    const rule = codecRuleFor(name);
    if (rule && rule.kind !== "both") kinds.add(rule.kind);
    else if (rule && clockRate !== undefined) kinds.add(clockRate === 90000 ? "video" : "audio");
    else if (!rule) {
      for (const { kind, codecs } of media) {
        if (codecs.some((codec) => codec.name.toLowerCase() === name.toLowerCase()))
          kinds.add(kind);
      }
    }
  }
  return kinds;
}

function describe(format: string, graph: PayloadTypeGraph): string {
  const codec = graph.byFormat.get(format)?.codec;
  return codec ? `${codecLabel(codec)} (${format})` : format;
}

function whyUnsupported(
  node: PayloadTypeNode,
  graph: PayloadTypeGraph,
  kept: ReadonlySet<string>,
  isNamed: boolean,
): Message | undefined {
  const missing = firstMissing(node, kept);
  if (!missing) return undefined;
  const hasMedia = graph.nodes.some(({ role, format }) => role === "media" && kept.has(format));
  if (missing.need === "companion" && isNamed && hasMedia) return undefined;
  const name = node.codec ? codecLabel(node.codec) : node.format;
  switch (missing.need) {
    case "apt":
      return {
        en: `${name} does not say what it repairs: its fmtp line has no apt.`,
        ko: `${name}이(가) 무엇을 재전송하는지 알 수 없습니다. fmtp에 apt가 없습니다.`,
      };
    case "reference": {
      const target = describe(missing.format, graph);
      return graph.byFormat.has(missing.format)
        ? {
            en: `${name} refers to ${target}, which goes.`,
            ko: `${name}이(가) 가리키는 ${target}이(가) 제거됩니다.`,
          }
        : {
            en: `${name} refers to payload type ${target}, which this section does not have.`,
            ko: `${name}이(가) 가리키는 페이로드 타입 ${target}이(가) 이 섹션에 없습니다.`,
          };
    }
    case "carrier":
      return {
        en: `${name} travels inside ${describe(missing.format, graph)}, which goes.`,
        ko: `${name}은(는) ${describe(missing.format, graph)} 안에 실려 가는데, 그것이 제거됩니다.`,
      };
    case "companion":
      return {
        en: `No codec with clock rate ${node.codec?.clockRate} stays that ${name} could go along with.`,
        ko: `${name}과(와) 클럭(${node.codec?.clockRate})이 같은 코덱이 남지 않습니다.`,
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
      ko: `${name}은(는) 자신이 가리키는 ${targets.join(", ")}을(를) 따라갑니다.`,
    };
  }
  return {
    en: `${name} goes along with the codecs of clock rate ${node.codec?.clockRate}.`,
    ko: `${name}은(는) 클럭 ${node.codec?.clockRate} 코덱을 따라갑니다.`,
  };
}

function notWanted(codec: MediaCodec, wanted: readonly CodecPattern[]): Message {
  const list = wanted.map(printCodecPattern).join(", ");
  return {
    en: `${codecLabel(codec)} is not among the wanted codecs: ${list}.`,
    ko: `${codecLabel(codec)}은(는) 원하는 코덱(${list})에 없습니다.`,
  };
}

function withoutMeaning(format: string): Message {
  return {
    en: `Payload type ${format} has no a=rtpmap line and no static meaning.`,
    ko: `페이로드 타입 ${format}에 a=rtpmap 줄이 없고 정적 의미도 없습니다.`,
  };
}
