import type { Codec } from "../codec/codec.ts";
import { isFit } from "../codec/match.ts";
import type { ParsedCodecPattern } from "../codec/pattern.ts";
import type { MatchPolicy } from "../codec/rule.ts";
import { codecRuleFor } from "../codec/rules/catalog.ts";
import type { MediaFormats } from "../sdp/read-formats.ts";
import type { Writable } from "../sdp/writable.ts";
import type { Missing, PayloadTypeGraph, PayloadTypeNode } from "./payload-type-graph.ts";
import { firstMissing, readPayloadTypeGraph } from "./payload-type-graph.ts";

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

/** Which formats of one section stay, and what decided it, as data: the sentences are for who shows them. */
export interface FormatChoice<Media extends MediaFormats> {
  readonly media: Media;
  /** Of this section, or of one with the same codecs. */
  readonly graph: PayloadTypeGraph<Media>;
  /** Of each node of the graph, in their order. */
  readonly fates: readonly FormatFate<Media>[];
  readonly kept: ReadonlySet<string>;
}

/** What became of one format. */
export interface FormatFate<Media extends MediaFormats> {
  readonly node: PayloadTypeNode<Media>;
  readonly isKept: boolean;
  /** The first pattern that it fits. */
  readonly fit: ParsedCodecPattern | undefined;
  /** What it lacks, where it would have stayed by itself. */
  readonly missing: Missing | undefined;
}

/**
 * Decides about the formats of every section that the patterns speak of: what fits one stays, and what goes along with it.
 * The other sections are not in the list. What `selectCodecs` tells and `filterCodecs` carries out.
 */
export function chooseFormats<Media extends MediaFormats>(
  media: readonly Media[],
  wanted: readonly ParsedCodecPattern[],
  options: SelectOptions = {},
): readonly FormatChoice<Media>[] {
  const kinds = kindsOf(wanted, media);
  // Sections with the same codecs, as `readFormats` finds them, are decided once.
  const known = new Map<Media["codecs"], FormatChoice<Media>>();
  return media
    .filter((section) => kinds.has(section.kind) && section.isRtp && !section.isRejected)
    .map((section) => {
      const twin = known.get(section.codecs);
      if (twin !== undefined) return { ...twin, media: section };
      const choice = choose(readPayloadTypeGraph(section), wanted, options);
      known.set(section.codecs, choice);
      return choice;
    });
}

/** The kinds that the patterns belong to. A companion such as `red` belongs to a kind only by its clock rate. */
function kindsOf(
  wanted: readonly ParsedCodecPattern[],
  media: readonly MediaFormats[],
): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const { name, clockRate } of wanted) {
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

function choose<Media extends MediaFormats>(
  graph: PayloadTypeGraph<Media>,
  wanted: readonly ParsedCodecPattern[],
  { policy = "rfc", dependents = "keep" }: SelectOptions,
): FormatChoice<Media> {
  const kept = new Set<string>();
  const fates: Writable<FormatFate<Media>>[] = [];
  const followers: Writable<FormatFate<Media>>[] = [];
  let mediaLeft = 0;
  for (const node of graph.nodes) {
    const { codec, format, role } = node;
    const fit = codec && firstFit(codec, wanted, policy);
    const isKept =
      fit !== undefined || (codec !== undefined && role !== "media" && dependents === "keep");
    const fate = { node, isKept, fit, missing: undefined };
    fates.push(fate);
    if (!isKept) continue;
    kept.add(format);
    if (role === "media") mediaLeft++;
    else followers.push(fate);
  }
  // Dropping one format can take the ground from the next (RTX of RED of opus): until nothing moves.
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const fate of followers) {
      if (!fate.isKept) continue;
      const missing = firstMissing(fate.node, kept);
      if (missing === undefined) continue;
      // Who is asked for by name needs no codec of its clock rate, though still what it refers to.
      if (missing.need === "companion" && mediaLeft > 0 && fate.fit !== undefined) continue;
      kept.delete(fate.node.format);
      fate.isKept = false;
      fate.missing = missing;
      isSettled = false;
    }
  }
  return { media: graph.media, graph, fates, kept };
}

function firstFit(
  codec: Codec,
  wanted: readonly ParsedCodecPattern[],
  policy: MatchPolicy,
): ParsedCodecPattern | undefined {
  for (const pattern of wanted) if (isFit(codec, pattern, policy)) return pattern;
  return undefined;
}
