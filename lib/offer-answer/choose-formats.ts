import type { Codec } from "../codec/codec.ts";
import { isFit } from "../codec/match.ts";
import type { ParsedCodecPattern } from "../codec/pattern.ts";
import type { MatchPolicy } from "../codec/rule.ts";
import { codecRuleFor } from "../codec/rules/catalog.ts";
import type { MediaFormats } from "../sdp/read-formats.ts";
import type { Missing, PayloadTypeGraph } from "./payload-type-graph.ts";
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
  readonly kept: ReadonlySet<string>;
  /** For each format that fits a pattern, the first one that it fits. */
  readonly fits: ReadonlyMap<string, ParsedCodecPattern>;
  /** What the formats lack that would have stayed by themselves. */
  readonly lost: ReadonlyMap<string, Missing>;
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
  const fits = new Map<string, ParsedCodecPattern>();
  const lost = new Map<string, Missing>();
  const followers: (typeof graph.nodes)[number][] = [];
  let mediaLeft = 0;
  for (const node of graph.nodes) {
    const { codec, format, role } = node;
    if (codec === undefined) continue;
    const fit = firstFit(codec, wanted, policy);
    if (fit !== undefined) fits.set(format, fit);
    else if (role === "media" || dependents === "drop") continue;
    kept.add(format);
    if (role === "media") mediaLeft++;
    else followers.push(node);
  }
  // Dropping one format can take the ground from the next (RTX of RED of opus): until nothing moves.
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const node of followers) {
      if (!kept.has(node.format)) continue;
      const missing = firstMissing(node, kept);
      if (missing === undefined) continue;
      // Who is asked for by name needs no codec of its clock rate, though still what it refers to.
      if (missing.need === "companion" && mediaLeft > 0 && fits.has(node.format)) continue;
      kept.delete(node.format);
      lost.set(node.format, missing);
      isSettled = false;
    }
  }
  return { media: graph.media, graph, kept, fits, lost };
}

function firstFit(
  codec: Codec,
  wanted: readonly ParsedCodecPattern[],
  policy: MatchPolicy,
): ParsedCodecPattern | undefined {
  for (const pattern of wanted) if (isFit(codec, pattern, policy)) return pattern;
  return undefined;
}
