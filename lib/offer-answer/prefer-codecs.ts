import type { CodecPattern } from "../codec/codec.ts";
import { fitsPattern } from "../codec/match.ts";
import type { MediaDescription } from "../sdp/description.ts";
import type { Line, Sdp, SdpDocument, Section } from "../sdp/document.ts";
import { createLine } from "../sdp/line.ts";
import { documentFrom } from "../sdp/parse.ts";
import { readDescription } from "../sdp/read-description.ts";
import type { PayloadTypeGraph, PayloadTypeNode } from "./payload-type-graph.ts";
import { readPayloadTypeGraph } from "./payload-type-graph.ts";

/**
 * A description whose `m=` lines list the codecs that fit `order` first, in that order; the others follow as they were.
 * RTX and RED move along with the codec they refer to, unless a pattern names them. Only `m=` lines change, because that is
 * where the preference stands. RFC 3264 §5.1. Rejected sections and data sections are left alone.
 */
export function preferCodecs(sdp: Sdp, order: readonly CodecPattern[]): SdpDocument {
  const { document, media } = readDescription(sdp);
  const sections = media.map((section) => {
    if (!section.isRtp || section.isRejected) return section.section;
    return withFormats(section, sorted(readPayloadTypeGraph(section), order));
  });
  const isUntouched = sections.every((section, at) => section === media[at]?.section);
  return isUntouched ? document : documentFrom(document.session, sections);
}

function sorted(graph: PayloadTypeGraph, order: readonly CodecPattern[]): readonly string[] {
  const rank = (node: PayloadTypeNode) => {
    const { codec } = node;
    const at = codec ? order.findIndex((pattern) => fitsPattern(codec, pattern).matches) : -1;
    return at < 0 ? order.length : at;
  };
  const ranks = new Map(graph.nodes.map((node) => [node.format, rank(node)]));
  // A dependent without a rank of its own takes that of what it refers to; RTX of RED of opus takes two steps.
  const leader = (node: PayloadTypeNode, seen: readonly string[] = []): PayloadTypeNode => {
    const target = graph.byFormat.get(node.references[0] ?? "");
    const isNamed = (ranks.get(node.format) ?? order.length) < order.length;
    if (!target || isNamed || seen.includes(node.format)) return node;
    return leader(target, [...seen, node.format]);
  };
  return graph.nodes
    .map((node, at) => ({ node, at, rank: ranks.get(leader(node).format) ?? order.length }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ node }) => node.format);
}

function withFormats(media: MediaDescription, formats: readonly string[]): Section {
  // An m= line that lists a format twice is a fault to report, not one to sort.
  const isSortable = formats.length === media.formats.length;
  const isSorted = formats.every((format, at) => format === media.formats[at]);
  if (!isSortable || isSorted) return media.section;
  const [line, ...rest] = media.section.lines;
  const next: Line = createLine(reordered(media.line.source, formats), media.line.eol);
  return line ? { index: media.index, lines: [next, ...rest] } : media.section;
}

/** The formats put into the places of the old ones, so that the spacing of the line stays. */
function reordered(source: string, formats: readonly string[]): string {
  let field = 0;
  return source
    .split(" ")
    .map((part) => {
      if (part === "") return part;
      field++;
      return field <= 3 ? part : (formats[field - 4] ?? part);
    })
    .join(" ");
}
