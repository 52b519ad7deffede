import type { CodecRole, CodecRule } from "../codec/rule.ts";
import { codecRuleFor } from "../codec/rules/catalog.ts";
import type { MediaCodec, MediaDescription } from "../sdp/description.ts";

/** The formats of one media section and what they need of each other. */
export interface PayloadTypeGraph {
  readonly media: MediaDescription;
  /** In the order of the `m=` line; a format that is listed twice stands once. */
  readonly nodes: readonly PayloadTypeNode[];
  readonly byFormat: ReadonlyMap<string, PayloadTypeNode>;
}

/** One format of an `m=` line. */
export interface PayloadTypeNode {
  /** As it stands in the `m=` line. */
  readonly format: string;
  /** Absent when the payload type has neither an rtpmap nor a static meaning. */
  readonly codec?: MediaCodec;
  readonly rule?: CodecRule;
  /** `media` for a codec without a rule. */
  readonly role: CodecRole;
  /** The formats its parameters name: the `apt` of RTX, the list of RED. RFC 4588 §8.1, RFC 2198 §5. */
  readonly references: readonly string[];
  /**
   * The media formats it goes along with because they have its clock rate: for CN, telephone-event and FEC,
   * and for RED without a list. RFC 3389 §4, RFC 4733 §2.4.1. Empty for the others.
   */
  readonly companions: readonly string[];
  /** RED formats of its clock rate, for ULPFEC, which travels inside RED. */
  readonly carriers: readonly string[];
}

/** Reads the graph of a section. Formats that are no RTP payload types make nodes without a codec. */
export function readPayloadTypeGraph(media: MediaDescription): PayloadTypeGraph {
  const codecs = new Map(media.codecs.map((codec) => [codec.format, codec]));
  const drafts = [...new Set(media.formats)].map((format) => draft(format, codecs.get(format)));
  const nodes = drafts.map((node) => ({ ...node, ...followed(node, drafts) }));
  return { media, nodes, byFormat: new Map(nodes.map((node) => [node.format, node])) };
}

/**
 * Whether a node may stand in a section where only `kept` remains: everything it names must stay, one of its companions
 * must stay, and what carries it must stay.
 */
export function isSupported(node: PayloadTypeNode, kept: ReadonlySet<string>): boolean {
  return firstMissing(node, kept) === undefined;
}

/** Why a node cannot stand where only `kept` remains; undefined when it can. */
export function firstMissing(
  node: PayloadTypeNode,
  kept: ReadonlySet<string>,
):
  | { readonly need: "reference" | "carrier"; readonly format: string }
  | { readonly need: "companion" }
  | { readonly need: "apt" }
  | undefined {
  if (node.role === "retransmission" && node.references.length === 0) return { need: "apt" };
  const lost = node.references.find((format) => !kept.has(format));
  if (lost !== undefined) return { need: "reference", format: lost };
  if (followsClock(node) && !node.companions.some((format) => kept.has(format))) {
    return { need: "companion" };
  }
  const carrier = node.carriers[0];
  if (carrier !== undefined && !node.carriers.some((format) => kept.has(format))) {
    return { need: "carrier", format: carrier };
  }
  return undefined;
}

type Draft = Pick<PayloadTypeNode, "format" | "codec" | "rule" | "role" | "references">;

function draft(format: string, codec: MediaCodec | undefined): Draft {
  const rule = codec && codecRuleFor(codec.name);
  const references = rule?.references?.(codec?.fmtp ?? "").filter((each) => each !== "") ?? [];
  return {
    format,
    ...(codec && { codec }),
    ...(rule && { rule }),
    role: rule?.role ?? "media",
    references,
  };
}

function followsClock({ role, references }: Draft): boolean {
  if (role === "redundancy") return references.length === 0;
  return role === "fec" || role === "events" || role === "comfort-noise";
}

function followed(
  node: Draft,
  all: readonly Draft[],
): Pick<PayloadTypeNode, "companions" | "carriers"> {
  const sameClock = (role: CodecRole) =>
    all
      .filter((other) => other.role === role && other.codec?.clockRate === node.codec?.clockRate)
      .map(({ format }) => format);
  return {
    companions: followsClock(node) ? sameClock("media") : [],
    carriers: node.codec?.name.toLowerCase() === "ulpfec" ? sameClock("redundancy") : [],
  };
}
