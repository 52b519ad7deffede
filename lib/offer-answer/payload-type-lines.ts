import { codecRuleFor } from "../codec/rules/catalog.ts";
import type { Section } from "../sdp/document.ts";
import type { FormatCodec, FormatLine, FormatReading, FormatRun } from "../sdp/read-formats.ts";
import type { LineChange, LinePlace, RunChange } from "../sdp/text-section.ts";
import { changeRun, changeSection } from "../sdp/text-section.ts";

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
  const fates = media.formats.map(rename);
  const own: RenameFormat = (format) => {
    const at = media.places.get(format);
    return at === undefined ? format : (fates[at] as string | null);
  };
  const lost = sourcesWithoutFormat(media, own);
  const lostRids = new Set<string>();
  const changes: (LineChange | RunChange)[] = [
    { place: media.mediaLine, source: rewriteMediaLine(sourceOf(media, media.mediaLine), own) },
  ];
  for (const line of media.lines) {
    if (line.name === "run") {
      const change = rewriteRun(media, line.run, fates, own, known);
      const shift = line.number - line.run.number;
      if (change !== undefined) changes.push({ place: line, ...change, shift });
      continue;
    }
    const source = namesItsFormat(line)
      ? rewriteFormat(media.text, media.codecs, line, fates, own)
      : rewriteOther(media, line, own, lost, lostRids);
    if (source !== true) changes.push({ place: line, source });
  }
  return changeSection(
    media.section,
    lostRids.size === 0 ? changes : withoutRids(changes, media, lostRids),
  );
}

/** What became of runs that several sections have, and of which formats. */
export type RewrittenRuns = Map<FormatRun, RewrittenRun>;

interface RewrittenRun {
  readonly codecs: readonly FormatCodec[];
  readonly fates: readonly (string | null)[];
  readonly change: Pick<RunChange, "source" | "changes"> | undefined;
}

function rewriteRun(
  { codecs }: FormatReading,
  run: FormatRun,
  fates: readonly (string | null)[],
  rename: RenameFormat,
  known: RewrittenRuns,
): RewrittenRun["change"] {
  const last = known.get(run);
  if (last?.codecs === codecs && last.fates.every((fate, at) => fate === fates[at])) {
    return last.change;
  }
  const changes: LineChange[] = [];
  for (const line of run.lines) {
    const source = rewriteFormat(run.section, codecs, line, fates, rename);
    if (source !== true) changes.push({ place: line, source });
  }
  const change = changeRun(run.section, run, changes);
  known.set(run, { codecs, fates, change });
  return change;
}

/** Whether a line is about one format, which its value begins with. */
function namesItsFormat({ name }: FormatLine): boolean {
  return name !== "rid" && name !== "simulcast" && name !== "ssrc" && name !== "ssrc-group";
}

/** What becomes of a line about one format: `true` when it stays as it is, `false` when it goes. */
function rewriteFormat(
  text: string,
  codecs: readonly FormatCodec[],
  { name, format, start, formatStart, end, at }: FormatLine,
  fates: readonly (string | null)[],
  rename: RenameFormat,
): string | boolean {
  if (at < 0 || format === "*") return true;
  const next = fates[at] as string | null;
  if (next === null) return false;
  if (next === format && name !== "fmtp") return true;
  const rest = text.slice(formatStart + format.length, end);
  const parameters = name === "fmtp" ? rewriteParameters(codecs, format, rest, rename) : rest;
  return text.slice(start, formatStart) + next + parameters;
}

/** What becomes of any other line: `true` when it stays as it is, `false` when it goes. */
function rewriteOther(
  media: FormatReading,
  line: FormatLine,
  rename: RenameFormat,
  lost: LostRepair,
  lostRids: Set<string>,
): string | boolean {
  const word = line.format;
  switch (line.name) {
    case "rid": {
      const next = rewriteRid(media.text.slice(line.formatStart, line.end), rename);
      if (next === null) lostRids.add(word);
      return next !== null && media.text.slice(line.start, line.formatStart) + next;
    }
    case "ssrc-group":
      return !lost.semantics.has(word);
    case "ssrc":
      return !lost.ssrcs.has(word) && rewriteSource(media, sourceOf(media, line), rename);
    default:
      return true;
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
): string | boolean {
  const fmtp = source.indexOf(" fmtp:");
  if (fmtp < 0) return true;
  const at = fmtp + " fmtp:".length;
  const blank = source.indexOf(" ", at);
  const format = source.slice(at, blank < 0 ? source.length : blank);
  const next = rename(format);
  if (next === null) return false;
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
function rewriteMediaLine(source: string, rename: RenameFormat): string {
  let text = "";
  let field = 0;
  for (const part of source.split(" ")) {
    const fate = part !== "" && ++field > 3 ? rename(part) : part;
    if (fate !== null) text += text === "" ? fate : ` ${fate}`;
  }
  return text;
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
  changes: readonly (LineChange | RunChange)[],
  media: FormatReading,
  lost: ReadonlySet<string>,
): readonly (LineChange | RunChange)[] {
  const more = media.lines
    .filter(({ name }) => name === "simulcast")
    .map((place) => ({ place, source: withoutStreams(sourceOf(media, place), lost) }));
  return [...changes, ...more].sort((a, b) => a.place.number - b.place.number);
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

const nothingLost: LostRepair = { semantics: new Set(), ssrcs: new Set() };

function sourcesWithoutFormat(media: FormatReading, rename: RenameFormat): LostRepair {
  if (!media.lines.some(({ name }) => name === "ssrc-group")) return nothingLost;
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
