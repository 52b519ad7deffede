import type { CodecRole, CodecRule } from "../codec/rule.ts";
import { codecRuleFor } from "../codec/rules/catalog.ts";
import type { MediaDescription } from "../sdp/description.ts";
import type { MediaFormats } from "../sdp/read-formats.ts";

/** The formats of one media section and what they need of each other. */
export interface PayloadTypeGraph<Media extends MediaFormats = MediaDescription> {
  readonly media: Media;
  /** In the order of the `m=` line; a format that is listed twice stands once. */
  readonly nodes: readonly PayloadTypeNode<Media>[];
  readonly byFormat: ReadonlyMap<string, PayloadTypeNode<Media>>;
}

/** One format of an `m=` line. */
export interface PayloadTypeNode<Media extends MediaFormats = MediaDescription> {
  /** As it stands in the `m=` line. */
  readonly format: string;
  /** Absent when the payload type has neither an rtpmap nor a static meaning. */
  readonly codec?: Media["codecs"][number];
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
export function readPayloadTypeGraph<Media extends MediaFormats>(
  media: Media,
): PayloadTypeGraph<Media> {
  return new Graph(media);
}

class Graph<Media extends MediaFormats> implements PayloadTypeGraph<Media> {
  readonly media: Media;
  readonly nodes: readonly PayloadTypeNode<Media>[];
  #byFormat: ReadonlyMap<string, PayloadTypeNode<Media>> | undefined;

  constructor(media: Media) {
    this.media = media;
    const nodes = nodesOf(media);
    for (const node of nodes) {
      if (followsClock(node)) node.companions = sameClock(nodes, node, "media");
      if (node.role === "fec" && node.codec?.name.toLowerCase() === "ulpfec") {
        node.carriers = sameClock(nodes, node, "redundancy");
      }
    }
    this.nodes = nodes;
  }

  get byFormat(): ReadonlyMap<string, PayloadTypeNode<Media>> {
    this.#byFormat ??= new Map(this.nodes.map((node) => [node.format, node]));
    return this.#byFormat;
  }
}

/**
 * Whether a node may stand in a section where only `kept` remains: everything it names must stay, one of its companions
 * must stay, and what carries it must stay.
 */
export function isSupported(
  node: PayloadTypeNode<MediaFormats>,
  kept: ReadonlySet<string>,
): boolean {
  return firstMissing(node, kept) === undefined;
}

/** What a node lacks: a format that it refers to or that carries it, any codec of its clock rate, or the `apt` of RTX. */
export type Missing =
  | { readonly need: "reference" | "carrier"; readonly format: string }
  | { readonly need: "companion" | "apt" };

/** Why a node cannot stand where only `kept` remains; undefined when it can. */
export function firstMissing(
  node: PayloadTypeNode<MediaFormats>,
  kept: ReadonlySet<string>,
): Missing | undefined {
  if (node.role === "retransmission" && node.references.length === 0) return { need: "apt" };
  for (const format of node.references) {
    if (!kept.has(format)) return { need: "reference", format };
  }
  if (followsClock(node) && !isAnyIn(node.companions, kept)) {
    return { need: "companion" };
  }
  const carrier = node.carriers[0];
  if (carrier !== undefined && !isAnyIn(node.carriers, kept)) {
    return { need: "carrier", format: carrier };
  }
  return undefined;
}

function isAnyIn(formats: readonly string[], kept: ReadonlySet<string>): boolean {
  return formats.some((format) => kept.has(format));
}

const none: readonly string[] = [];

/** A node before the others are known. */
type Node<Media extends MediaFormats> = {
  -readonly [Key in keyof PayloadTypeNode<Media>]: PayloadTypeNode<Media>[Key];
};

/** A node for each format. The codecs stand in the order of the formats, so that one walk finds the codec of each. */
function nodesOf<Media extends MediaFormats>({ formats, codecs }: Media): Node<Media>[] {
  const nodes: Node<Media>[] = [];
  let at = 0;
  // With a codec for each of them, none is listed twice.
  for (const format of codecs.length === formats.length ? formats : new Set(formats)) {
    const codec: Media["codecs"][number] | undefined = codecs[at];
    if (codec?.format !== format) {
      nodes.push({ format, role: "media", references: none, companions: none, carriers: none });
      continue;
    }
    at++;
    nodes.push(codecNode(format, codec));
  }
  return nodes;
}

function codecNode<Media extends MediaFormats>(
  format: string,
  codec: Media["codecs"][number],
): Node<Media> {
  const rule = codecRuleFor(codec.name);
  if (rule === undefined) {
    return { format, codec, role: "media", references: none, companions: none, carriers: none };
  }
  const { role } = rule;
  const references = rule.references?.(codec.fmtp ?? "") ?? none;
  return {
    format,
    codec,
    rule,
    role,
    references: references.includes("") ? references.filter((each) => each !== "") : references,
    companions: none,
    carriers: none,
  };
}

function followsClock({ role, references }: Pick<PayloadTypeNode, "role" | "references">): boolean {
  if (role === "redundancy") return references.length === 0;
  return role === "fec" || role === "events" || role === "comfort-noise";
}

/** The formats of a role that have the clock rate of a node. */
function sameClock<Media extends MediaFormats>(
  nodes: readonly Node<Media>[],
  { codec }: Node<Media>,
  role: CodecRole,
): readonly string[] {
  const formats: string[] = [];
  for (const other of nodes) {
    if (other.role === role && other.codec?.clockRate === codec?.clockRate) {
      formats.push(other.format);
    }
  }
  return formats;
}
