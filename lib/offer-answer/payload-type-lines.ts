import { codecRuleFor } from "../codec/rules/catalog.ts";
import type { MediaDescription } from "../sdp/description.ts";
import type { Line, Section } from "../sdp/document.ts";
import { createLine } from "../sdp/line.ts";

/** What becomes of a format: its new text, the same text, or null when it goes. */
export type RenameFormat = (format: string) => string | null;

/**
 * A media section with its formats renamed or removed in every place that names one: the `m=` line, rtpmap, fmtp
 * (its own format, RTX's `apt`, RED's list), rtcp-fb, imageattr, framesize, packetization, `a=ssrc:… fmtp:` and `pt=` in a=rid.
 * A line whose format goes, goes with it. A rid left without any of its formats goes too, also from a=simulcast.
 * When the last RTX or FEC format goes, so do the FID or FEC-FR groups and the repair sources they name.
 * All other lines are the same objects as before. Wildcards (`*`) stay. RFC 8866 §6, RFC 4585 §4.2, RFC 5576 §6.3, RFC 8851 §4.
 */
export function rewriteFormats(media: MediaDescription, rename: RenameFormat): Section {
  const names = new Map(media.codecs.map(({ format, name }) => [format, name]));
  const own = new Set(media.formats);
  const of = (format: string) => (own.has(format) ? rename(format) : format);
  const lostRids = new Set<string>();
  const repairSources = sourcesWithoutFormat(media, of);
  const lines: Line[] = [];
  for (const line of media.section.lines) {
    const next = rewriteLine(line, of, names, lostRids);
    if (next && !isLostRepair(next, repairSources)) lines.push(next);
  }
  return {
    index: media.index,
    lines: lostRids.size === 0 ? lines : lines.flatMap((line) => withoutRids(line, lostRids)),
  };
}

/** Attributes whose value starts with a format. */
const formatFirst: readonly string[] = [
  "rtpmap",
  "fmtp",
  "rtcp-fb",
  "imageattr",
  "framesize",
  "packetization",
];

function rewriteLine(
  line: Line,
  rename: RenameFormat,
  names: ReadonlyMap<string, string>,
  lostRids: Set<string>,
): Line | undefined {
  if (line.type === "m") return withSource(line, `m=${rewriteMediaLine(line.value, rename)}`);
  if (line.type !== "a") return line;
  const colon = line.value.indexOf(":");
  if (colon < 0) return line;
  const attribute = line.value.slice(0, colon);
  const value = line.value.slice(colon + 1);
  if (attribute === "rid") {
    const next = rewriteRid(value, rename);
    if (next === null) lostRids.add(value.split(" ", 1)[0] ?? "");
    return next === null ? undefined : withSource(line, `a=rid:${next}`);
  }
  if (attribute === "ssrc") {
    const at = value.indexOf(" fmtp:");
    if (at < 0) return line;
    const next = rewriteFormatFirst("fmtp", value.slice(at + 6), rename, names);
    return next === null
      ? undefined
      : withSource(line, `a=ssrc:${value.slice(0, at)} fmtp:${next}`);
  }
  if (!formatFirst.includes(attribute)) return line;
  const next = rewriteFormatFirst(attribute, value, rename, names);
  return next === null ? undefined : withSource(line, `a=${attribute}:${next}`);
}

function withSource(line: Line, source: string): Line {
  return source === line.source ? line : createLine(source, line.eol);
}

/** `video 9 UDP/TLS/RTP/SAVPF 96 97`: three fields, then the formats; a removed one takes the blank before it along. */
function rewriteMediaLine(value: string, rename: RenameFormat): string {
  const parts = value.split(" ");
  return parts
    .flatMap((part, index) => {
      if (index < 3 || part === "") return [part];
      const next = rename(part);
      return next === null ? [] : [next];
    })
    .join(" ");
}

function rewriteFormatFirst(
  attribute: string,
  value: string,
  rename: RenameFormat,
  names: ReadonlyMap<string, string>,
): string | null {
  const end = value.indexOf(" ");
  const format = end < 0 ? value : value.slice(0, end);
  const rest = end < 0 ? "" : value.slice(end);
  if (format === "*") return value;
  const next = rename(format);
  if (next === null) return null;
  const rule = codecRuleFor(names.get(format) ?? "");
  if (attribute !== "fmtp" || !rule?.renameReferences) return next + rest;
  return next + rule.renameReferences(rest, (reference) => rename(reference) ?? reference);
}

/** `1 send pt=96,97;max-width=1280` */
function rewriteRid(value: string, rename: RenameFormat): string | null {
  const restrictionsAt = value.indexOf(" ", value.indexOf(" ") + 1);
  if (restrictionsAt < 0) return value;
  let isLost = false;
  const restrictions = value
    .slice(restrictionsAt + 1)
    .split(";")
    .map((restriction) => {
      if (!restriction.startsWith("pt=")) return restriction;
      const formats = restriction
        .slice(3)
        .split(",")
        .map(rename)
        .filter((format) => format !== null);
      isLost ||= formats.length === 0;
      return `pt=${formats.join(",")}`;
    });
  return isLost ? null : `${value.slice(0, restrictionsAt + 1)}${restrictions.join(";")}`;
}

/** `send 1;~2,3 recv 4` without the lost rids; the line goes when no stream is left. RFC 8853 §5.1. */
function withoutRids(line: Line, lost: ReadonlySet<string>): Line[] {
  const prefix = "simulcast:";
  if (line.type !== "a" || !line.value.startsWith(prefix)) return [line];
  const words = line.value.slice(prefix.length).trim().split(" ");
  const kept: string[] = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    const streams = (words[at + 1] ?? "")
      .split(";")
      .map((stream) =>
        stream
          .split(",")
          .filter((rid) => !lost.has(rid.startsWith("~") ? rid.slice(1) : rid))
          .join(","),
      )
      .filter((stream) => stream !== "");
    if (streams.length > 0) kept.push(`${words[at]} ${streams.join(";")}`);
  }
  return kept.length === 0 ? [] : [withSource(line, `a=${prefix}${kept.join(" ")}`)];
}

/** The sources that repaired others by a format of which none is left, and the semantics of their groups. */
interface LostRepair {
  readonly semantics: ReadonlySet<string>;
  readonly ssrcs: ReadonlySet<string>;
}

function sourcesWithoutFormat(media: MediaDescription, rename: RenameFormat): LostRepair {
  const semantics = new Set<string>();
  const repairs = [
    ["FID", ["rtx"]],
    ["FEC-FR", ["flexfec", "flexfec-03"]],
  ] as const;
  for (const [group, names] of repairs) {
    const formats = media.codecs
      .filter(({ name }) => names.some((each) => each === name.toLowerCase()))
      .map(({ format }) => format);
    if (formats.length > 0 && formats.every((format) => rename(format) === null)) {
      semantics.add(group);
    }
  }
  const lost = media.sourceGroups.filter((group) => semantics.has(group.semantics));
  const ssrcs = new Set(lost.flatMap((group) => group.ssrcs.slice(1).map(String)));
  return { semantics, ssrcs };
}

function isLostRepair(line: Line, { semantics, ssrcs }: LostRepair): boolean {
  if (semantics.size === 0 || line.type !== "a") return false;
  if (line.value.startsWith("ssrc-group:")) {
    return semantics.has(line.value.slice("ssrc-group:".length).split(" ", 1)[0] ?? "");
  }
  if (!line.value.startsWith("ssrc:")) return false;
  return ssrcs.has(line.value.slice("ssrc:".length).split(" ", 1)[0] ?? "");
}
