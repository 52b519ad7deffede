import type { CodecPattern } from "../codec/codec.ts";
import { parseCodecPattern } from "../codec/pattern.ts";
import type { Sdp, SdpDocument, Section } from "../sdp/document.ts";
import { rejectSection } from "../sdp/edit/reject-section.ts";
import { documentFrom, documentOf } from "../sdp/parse.ts";
import type { MediaFormats } from "../sdp/read-formats.ts";
import { readAllFormats } from "../sdp/read-formats.ts";
import type { SelectOptions } from "./choose-formats.ts";
import { chooseFormats } from "./choose-formats.ts";
import { readPayloadTypeGraph } from "./payload-type-graph.ts";
import type { RewrittenRuns } from "./payload-type-lines.ts";
import { rewriteFormats } from "./payload-type-lines.ts";
import type { CodecSelection } from "./select-codecs.ts";

/**
 * A description with only some of its codecs: those that fit a pattern and what belongs to them (see `selectCodecs`),
 * or exactly those that a selection keeps. Every reference to a removed payload type goes with it, and every other line stays
 * byte for byte. A section that would lose its last media codec is rejected as `rejectSection` does it, with one format left.
 * Patterns leave sections of other kinds alone: `["VP8"]` removes no audio codec.
 * Throws `TypeError` when `keep` is neither, and `RangeError` when a selection names a section or format that the description does not have.
 */
export function filterCodecs(
  sdp: Sdp,
  keep: CodecSelection | readonly CodecPattern[],
  options: SelectOptions = {},
): SdpDocument {
  if (typeof keep !== "object" || keep === null) {
    throw new TypeError(
      'What to keep is a list of codecs such as ["VP8", "opus"], or a CodecSelection.',
    );
  }
  const document = documentOf(sdp);
  const media = readAllFormats(document.media);
  const cuts = isSelection(keep) ? cutsOf(keep, media) : cutsFor(keep, media, options);
  if (cuts.size === 0) return document;
  const runs: RewrittenRuns = new Map();
  const sections = media.map((section): Section => {
    const cut = cuts.get(section.index);
    if (!cut) return section.section;
    const last = cut.leavesNone ? lastFormat(section) : undefined;
    const rename = (format: string) => (format !== last && cut.drops(format) ? null : format);
    return rewriteFormats(section, rename, runs);
  });
  const emptied = sections.filter(({ index }) => cuts.get(index)?.leavesNone);
  return emptied.reduce<SdpDocument>(
    (result, { index }) => rejectSection(result, index),
    documentFrom(document.session, sections),
  );
}

/** What goes from one section. */
interface Cut {
  readonly drops: (format: string) => boolean;
  readonly leavesNone: boolean;
}

/** What is cut off each section when only these codecs stay. */
function cutsFor(
  wanted: readonly CodecPattern[],
  media: readonly MediaFormats[],
  options: SelectOptions,
): ReadonlyMap<number, Cut> {
  const cuts = new Map<number, Cut>();
  for (const { media: section, graph, kept } of chooseFormats(
    media,
    wanted.map(parseCodecPattern),
    options,
  )) {
    if (kept.size === graph.nodes.length) continue;
    const drops = (format: string) => !kept.has(format);
    cuts.set(section.index, { drops, leavesNone: kept.size === 0 });
  }
  return cuts;
}

/** What a selection cuts off each section. */
function cutsOf(
  { kept, dropped }: CodecSelection,
  media: readonly MediaFormats[],
): ReadonlyMap<number, Cut> {
  const offered = media.map(({ formats }) => new Set(formats));
  const keeping = new Set(kept.map(({ index }) => index));
  const bySection = new Map<number, Set<string>>();
  for (const { index, format } of dropped) {
    if (!offered[index]?.has(format)) {
      throw new RangeError(
        `The selection drops format ${format} of media section ${index}; this description has ${inventory(media)}.`,
      );
    }
    const formats = bySection.get(index);
    if (formats) formats.add(format);
    else bySection.set(index, new Set([format]));
  }
  return new Map(
    [...bySection].map(([index, formats]) => [
      index,
      { drops: (format) => formats.has(format), leavesNone: !keeping.has(index) },
    ]),
  );
}

/** Port 0 wants a format, and one that refers to no other. RFC 3264 §6. */
function lastFormat(media: MediaFormats): string | undefined {
  const { nodes } = readPayloadTypeGraph(media);
  return (nodes.find(({ role }) => role === "media") ?? nodes[0])?.format;
}

function isSelection(keep: CodecSelection | readonly CodecPattern[]): keep is CodecSelection {
  return !Array.isArray(keep);
}

function inventory(media: readonly MediaFormats[]): string {
  if (media.length === 0) return "no media sections";
  return media.map(({ index, formats }) => `${index}: ${formats.join(" ")}`).join("; ");
}
