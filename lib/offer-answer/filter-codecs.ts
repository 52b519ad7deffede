import type { CodecPattern } from "../codec/codec.ts";
import type { MediaDescription } from "../sdp/description.ts";
import type { Sdp, SdpDocument, Section } from "../sdp/document.ts";
import { rejectSection } from "../sdp/edit/reject-section.ts";
import { documentFrom } from "../sdp/parse.ts";
import { readDescription } from "../sdp/read-description.ts";
import { readPayloadTypeGraph } from "./payload-type-graph.ts";
import { rewriteFormats } from "./payload-type-lines.ts";
import type { CodecSelection, SelectOptions } from "./select-codecs.ts";
import { selectCodecs } from "./select-codecs.ts";

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
  const { document, media } = readDescription(sdp);
  const selection = isSelection(keep) ? keep : selectCodecs(document, keep, options);
  const dropped = formatsBySection(selection, media);
  if (dropped.size === 0) return document;
  const kept = new Set(selection.kept.map(({ index }) => index));
  const sections = media.map((section): Section => {
    const formats = dropped.get(section.index);
    if (!formats) return section.section;
    if (!kept.has(section.index)) return withOneFormat(section);
    return rewriteFormats(section, (format) => (formats.has(format) ? null : format));
  });
  const emptied = [...dropped.keys()].filter((index) => !kept.has(index));
  return emptied.reduce<SdpDocument>(
    (result, index) => rejectSection(result, index),
    documentFrom(document.session, sections),
  );
}

/** Port 0 wants a format, and one that refers to no other. RFC 3264 §6. */
function withOneFormat(media: MediaDescription): Section {
  const { nodes } = readPayloadTypeGraph(media);
  const last = nodes.find(({ role }) => role === "media") ?? nodes[0];
  return rewriteFormats(media, (format) => (format === last?.format ? format : null));
}

function isSelection(keep: CodecSelection | readonly CodecPattern[]): keep is CodecSelection {
  return !Array.isArray(keep);
}

function formatsBySection(
  selection: CodecSelection,
  media: readonly MediaDescription[],
): ReadonlyMap<number, ReadonlySet<string>> {
  const offered = media.map(({ formats }) => new Set(formats));
  const bySection = new Map<number, Set<string>>();
  for (const { index, format } of selection.dropped) {
    if (!offered[index]?.has(format)) {
      throw new RangeError(
        `The selection drops format ${format} of media section ${index}; this description has ${inventory(media)}.`,
      );
    }
    const formats = bySection.get(index);
    if (formats) formats.add(format);
    else bySection.set(index, new Set([format]));
  }
  return bySection;
}

function inventory(media: readonly MediaDescription[]): string {
  if (media.length === 0) return "no media sections";
  return media.map(({ index, formats }) => `${index}: ${formats.join(" ")}`).join("; ");
}
