import { codecRuleFor } from "../codec/rules/catalog.ts";
import type { Section } from "../sdp/document.ts";
import type {
  FormatCodec,
  FormatLine,
  FormatLines,
  FormatReading,
  FormatRun,
  SharedRun,
} from "../sdp/read-formats.ts";
import { linesOf } from "../sdp/read-formats.ts";
import type { LineChange, LinePlace } from "../sdp/text-section.ts";
import { changeSection } from "../sdp/text-section.ts";
import { wordAt } from "../sdp/word-at.ts";

/** What becomes of a format: its new text, the same text, or null when it goes. */
export type RenameFormat = (format: string) => string | null;

/**
 * A media section with its formats renamed or removed in every place that names one: the `m=` line, rtpmap, fmtp
 * (its own format, RTX's `apt`, RED's list), rtcp-fb, imageattr, framesize, packetization, `a=ssrc:… fmtp:` and `pt=` in a=rid.
 * A line whose format goes, goes with it. A rid left without any of its formats goes too, also from a=simulcast.
 * When the last RTX or FEC format goes, so do the FID or FEC-FR groups and the repair sources they name.
 * All other lines are the same objects as before. Wildcards (`*`) stay. RFC 8866 §6, RFC 4585 §4.2, RFC 5576 §6.3, RFC 8851 §4.
 */
export function rewriteFormats(
  media: FormatReading,
  rename: RenameFormat,
  known: RewrittenRuns = new Map(),
): Section {
  const { formats, places, lines, shared } = media;
  const fates = formats.map(rename);
  const rewriting: Rewriting = {
    media,
    fates,
    isRenaming: fates.some((fate, at) => fate !== null && fate !== formats[at]),
    rename: (format) => {
      const at = places.of(format);
      return at < 0 ? format : (fates[at] as string | null);
    },
    lostRids: new Set(),
  };
  const changes: LineChange[] = [
    { place: media.mediaLine, source: rewriteMediaLine(media, fates) },
  ];
  if (shared === undefined) rewriteLines(lines, rewriting, changes);
  else {
    rewriteLines(lines.slice(0, shared.before), rewriting, changes);
    rewriteRun(shared, rewriting, known, changes);
    rewriteLines(lines.slice(shared.before), rewriting, changes);
  }
  const { lostRids } = rewriting;
  return changeSection(
    media.section,
    lostRids.size === 0 ? changes : withoutRids(changes, media, lostRids),
  );
}

/** What became of runs that several sections have, and of which formats. */
export type RewrittenRuns = Map<FormatRun, RewrittenRun>;

interface RewrittenRun {
  readonly fates: readonly (string | null)[];
  readonly changes: LineChange[];
}

interface Rewriting {
  readonly media: FormatReading;
  /** What becomes of each format of the `m=` line. */
  readonly fates: readonly (string | null)[];
  readonly rename: RenameFormat;
  /** Whether a format that stays gets another text. */
  readonly isRenaming: boolean;
  /** The rids that are left without any of their formats, as they are found. */
  readonly lostRids: Set<string>;
  /** Looked for where a line speaks of sources. */
  lost?: LostRepair;
}

/** Adds what becomes of a run's lines, which is found out once for all sections that drop the same formats. */
function rewriteRun(
  { run, shift }: SharedRun,
  rewriting: Rewriting,
  known: RewrittenRuns,
  changes: LineChange[],
): void {
  const { fates } = rewriting;
  let last = known.get(run);
  if (!last?.fates.every((fate, at) => fate === fates[at])) {
    last = { fates, changes: [] };
    rewriteLines(run.lines, { ...rewriting, media: run.first }, last.changes);
    known.set(run, last);
  }
  for (const { place, source } of last.changes) {
    const { start, end, next } = place;
    changes.push({ place: { start: start + shift, end: end + shift, next: next + shift }, source });
  }
}

/** Adds what becomes of the lines. Those that go and follow each other are one change. */
function rewriteLines(
  runs: readonly FormatLines[],
  rewriting: Rewriting,
  changes: LineChange[],
): void {
  const { media, fates, isRenaming } = rewriting;
  let gone: { start: number; end: number; next: number } | undefined;
  for (const lines of runs) {
    const { at, start, end, next } = lines;
    const fate = at < 0 ? rewriteOther(lines, rewriting) : (fates[at] as string | null);
    if (fate === null && gone?.next === start) {
      gone.end = end;
      gone.next = next;
    } else if (fate === null) {
      gone = { start, end, next };
      changes.push({ place: gone, source: false });
    } else if (at < 0) {
      if (fate !== undefined) changes.push({ place: lines, source: fate });
    } else if (isRenaming) {
      for (const place of linesOf(media.text, lines)) {
        changes.push({ place, source: rewriteFormat(place, fate as string, rewriting) });
      }
    }
  }
}

/** A line about one format with that format renamed, and those that its parameters refer to. */
function rewriteFormat(
  { name, start, from, end, at }: FormatLine,
  next: string,
  { media: { text, codecs, formats }, rename }: Rewriting,
): string {
  const format = formats[at] as string;
  const rest = text.slice(from + format.length, end);
  const parameters = name === "fmtp" ? rewriteParameters(codecs, format, rest, rename) : rest;
  return text.slice(start, from) + next + parameters;
}

/** What becomes of a line about no format of its own: its new text, `undefined` when it stays as it is, null when it goes. */
function rewriteOther(line: FormatLine, rewriting: Rewriting): string | null | undefined {
  const { name, start, from, end } = line;
  const { media, rename, lostRids } = rewriting;
  const { text } = media;
  switch (name) {
    case "rid": {
      const next = rewriteRid(text.slice(from, end), rename);
      if (next === null) lostRids.add(wordAt(text, from, end));
      return next === null ? null : text.slice(start, from) + next;
    }
    case "ssrc-group":
      rewriting.lost ??= sourcesWithoutFormat(rewriting);
      return rewriting.lost.semantics.has(wordAt(text, from, end)) ? null : undefined;
    case "ssrc":
      rewriting.lost ??= sourcesWithoutFormat(rewriting);
      if (rewriting.lost !== nothingLost && rewriting.lost.ssrcs.has(wordAt(text, from, end)))
        return null;
      return rewriteSource(media, text.slice(start, end), rename);
    default:
      return undefined;
  }
}

function sourceOf({ text }: FormatReading, { start, end }: LinePlace): string {
  return text.slice(start, end);
}

/** `a=ssrc:1 fmtp:96 …` speaks of a format; what else it says of a source stays. RFC 5576 §6.3. */
function rewriteSource(
  media: FormatReading,
  source: string,
  rename: RenameFormat,
): string | null | undefined {
  // Stepping from blank to blank is many times as fast as searching for more than one character.
  let at = source.indexOf(" ");
  while (at >= 0 && !source.startsWith("fmtp:", at + 1)) at = source.indexOf(" ", at + 1);
  if (at < 0) return undefined;
  at += " fmtp:".length;
  const blank = source.indexOf(" ", at);
  const format = source.slice(at, blank < 0 ? source.length : blank);
  const next = rename(format);
  if (next === null) return null;
  const rest = source.slice(at + format.length);
  return source.slice(0, at) + next + rewriteParameters(media.codecs, format, rest, rename);
}

/** The parameters of a format, with the formats renamed that they refer to: `apt` of RTX, the list of RED. */
function rewriteParameters(
  codecs: readonly FormatCodec[],
  format: string,
  parameters: string,
  rename: RenameFormat,
): string {
  const codec = codecs.find((each) => each.format === format);
  const rule = codec && codecRuleFor(codec.name);
  if (!rule?.renameReferences) return parameters;
  return rule.renameReferences(parameters, (reference) => rename(reference) ?? reference);
}

/** `m=video 9 UDP/TLS/RTP/SAVPF 96 97`: three fields, then the formats; a removed one takes the blank before it along. */
function rewriteMediaLine(
  { text, mediaLine, formats, places }: FormatReading,
  fates: readonly (string | null)[],
): string {
  let written = "";
  let from = mediaLine.start;
  let field = 0;
  for (let start = from, end = from; start < mediaLine.end; start = end + 1) {
    end = text.indexOf(" ", start);
    if (end < 0 || end > mediaLine.end) end = mediaLine.end;
    if (end === start || ++field <= 3) continue;
    const at = places.find(text, start, end);
    if (at < 0) continue;
    const fate = fates[at] as string | null;
    if (fate === formats[at]) continue;
    const until = fate === null ? start - 1 : start;
    // Formats that go and follow each other leave nothing between them.
    if (until > from) written += text.slice(from, until);
    if (fate !== null) written += fate;
    from = end;
  }
  return written + text.slice(from, mediaLine.end);
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

/** The changes, and those of the simulcast line that names lost rids. RFC 8853 §5.1. */
function withoutRids(
  changes: readonly LineChange[],
  media: FormatReading,
  lost: ReadonlySet<string>,
): readonly LineChange[] {
  const more = media.lines
    .filter(({ name }) => name === "simulcast")
    .map((place) => ({ place, source: withoutStreams(sourceOf(media, place), lost) }));
  return [...changes, ...more].sort((a, b) => a.place.start - b.place.start);
}

/** `a=simulcast:send 1;~2,3 recv 4` without the lost rids; the line goes when no stream is left. */
function withoutStreams(line: string, lost: ReadonlySet<string>): string | false {
  const prefix = "a=simulcast:";
  const words = line.slice(prefix.length).trim().split(" ");
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
  return kept.length > 0 && prefix + kept.join(" ");
}

/** The sources that repaired others by a format of which none is left, and the semantics of their groups. */
interface LostRepair {
  readonly semantics: ReadonlySet<string>;
  readonly ssrcs: ReadonlySet<string>;
}

function sourcesWithoutFormat(rewriting: Rewriting): LostRepair {
  const { text, lines, sourceGroups } = rewriting.media;
  const semantics = new Set<string>();
  for (const { name, from, end } of lines) {
    if (name !== "ssrc-group") continue;
    const group = wordAt(text, from, end);
    if (isWithoutFormat(group, rewriting)) semantics.add(group);
  }
  if (semantics.size === 0) return nothingLost;
  const lost = sourceGroups.filter((group) => semantics.has(group.semantics));
  const ssrcs = new Set(lost.flatMap((group) => group.ssrcs.slice(1).map(String)));
  return { semantics, ssrcs };
}

/** Whether the codecs that repair the sources of such a group all go, and there were any. */
function isWithoutFormat(group: string, { media, rename }: Rewriting): boolean {
  const names = repairs.get(group);
  if (names === undefined) return false;
  let isLost = false;
  for (const { name, format } of media.codecs) {
    if (!names.has(name.toLowerCase())) continue;
    if (rename(format) !== null) return false;
    isLost = true;
  }
  return isLost;
}

const nothingLost: LostRepair = { semantics: new Set(), ssrcs: new Set() };

/** The codecs that repair the sources of a group. */
const repairs: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["FID", new Set(["rtx"])],
  ["FEC-FR", new Set(["flexfec", "flexfec-03"])],
]);
