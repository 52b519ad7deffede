import { codecRuleFor } from "../codec/rules/catalog.ts";
import type { Section } from "../sdp/document.ts";
import { attributeNameEnd } from "../sdp/line.ts";
import { NameIndex } from "../sdp/name-index.ts";
import type { MediaFormats } from "../sdp/read-formats.ts";
import { rewriteSection } from "../sdp/text-section.ts";

/** What becomes of a format: its new text, the same text, or null when it goes. */
export type RenameFormat = (format: string) => string | null;

/**
 * A media section with its formats renamed or removed in every place that names one: the `m=` line, rtpmap, fmtp
 * (its own format, RTX's `apt`, RED's list), rtcp-fb, imageattr, framesize, packetization, `a=ssrc:… fmtp:` and `pt=` in a=rid.
 * A line whose format goes, goes with it. A rid left without any of its formats goes too, also from a=simulcast.
 * When the last RTX or FEC format goes, so do the FID or FEC-FR groups and the repair sources they name.
 * All other lines are the same objects as before. Wildcards (`*`) stay. RFC 8866 §6, RFC 4585 §4.2, RFC 5576 §6.3, RFC 8851 §4.
 */
export function rewriteFormats(media: MediaFormats, rename: RenameFormat): Section {
  const own = new Set(media.formats);
  const of: RenameFormat = (format) => (own.has(format) ? rename(format) : format);
  const lost = sourcesWithoutFormat(media, of);
  const lostRids = new Set<string>();
  const rewriting: Rewriting = { media, rename: of, lost, lostRids };
  const section = rewriteSection(media.section, (text, start, end) => {
    if (text.charCodeAt(start + 1) !== EQUALS) return true;
    const letter = text.charCodeAt(start);
    if (letter === LETTER_M) return `m=${rewriteMediaLine(text.slice(start + 2, end), of)}`;
    if (letter !== LETTER_A) return true;
    const nameEnd = attributeNameEnd(text, start, end);
    const rewrite = nameEnd < end ? rewriters.find(text, start + 2, nameEnd) : undefined;
    return rewrite === undefined || rewrite(rewriting, text, start, nameEnd + 1, end);
  });
  if (lostRids.size === 0) return section;
  return rewriteSection(section, (text, start, end) =>
    text.startsWith("a=simulcast:", start) ? withoutRids(text.slice(start, end), lostRids) : true,
  );
}

/** What a line is rewritten by, and what is learnt on the way. */
interface Rewriting {
  readonly media: MediaFormats;
  readonly rename: RenameFormat;
  readonly lost: LostRepair;
  readonly lostRids: Set<string>;
}

/** Says what becomes of an attribute line; its value stands between two offsets of the text. */
type AttributeRewriter = (
  rewriting: Rewriting,
  text: string,
  start: number,
  at: number,
  end: number,
) => string | boolean;

/** The value starts with a format, and that is all. */
const formatFirst: AttributeRewriter = ({ rename }, text, start, at, end) => {
  const formatEnd = wordEnd(text, at, end);
  const format = text.slice(at, formatEnd);
  const next = format === "*" ? format : rename(format);
  if (next === null || next === format) return next !== null;
  return text.slice(start, at) + next + text.slice(formatEnd, end);
};

const rewriters: NameIndex<AttributeRewriter> = new NameIndex<AttributeRewriter>([
  ["rtpmap", formatFirst],
  ["rtcp-fb", formatFirst],
  ["imageattr", formatFirst],
  ["framesize", formatFirst],
  ["packetization", formatFirst],
  [
    "fmtp",
    (rewriting, text, start, at, end) => {
      const next = rewriteParameters(rewriting, text.slice(at, end));
      return next === null ? false : text.slice(start, at) + next;
    },
  ],
  [
    "rid",
    ({ rename, lostRids }, text, start, at, end) => {
      const value = text.slice(at, end);
      const next = rewriteRid(value, rename);
      if (next !== null) return text.slice(start, at) + next;
      lostRids.add(value.split(" ", 1)[0] ?? "");
      return false;
    },
  ],
  [
    "ssrc",
    (rewriting, text, start, at, end) => {
      const ssrcEnd = wordEnd(text, at, end);
      if (rewriting.lost.ssrcs.has(text.slice(at, ssrcEnd))) return false;
      const line = text.slice(start, end);
      const fmtp = line.indexOf(" fmtp:");
      if (fmtp < 0) return true;
      const next = rewriteParameters(rewriting, line.slice(fmtp + 6));
      return next === null ? false : line.slice(0, fmtp + 6) + next;
    },
  ],
  [
    "ssrc-group",
    ({ lost }, text, _start, at, end) =>
      !lost.semantics.has(text.slice(at, wordEnd(text, at, end))),
  ],
]);

/** `103 apt=102;rtx-time=3000`: a format and its parameters, which may refer to other formats. */
function rewriteParameters({ media, rename }: Rewriting, value: string): string | null {
  const end = wordEnd(value, 0, value.length);
  const format = value.slice(0, end);
  if (format === "*") return value;
  const next = rename(format);
  if (next === null) return null;
  const rest = value.slice(end);
  const codec = media.codecs.find((each) => each.format === format);
  const rule = codec && codecRuleFor(codec.name);
  if (!rule?.renameReferences) return next + rest;
  return next + rule.renameReferences(rest, (reference) => rename(reference) ?? reference);
}

/** Where the word ends that starts at an offset: at a blank or at the end of the line. */
function wordEnd(text: string, at: number, end: number): number {
  let next = at;
  while (next < end && text.charCodeAt(next) !== SPACE) next++;
  return next;
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
function withoutRids(line: string, lost: ReadonlySet<string>): string | false {
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

function sourcesWithoutFormat(media: MediaFormats, rename: RenameFormat): LostRepair {
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

const LETTER_A = 0x61;
const LETTER_M = 0x6d;
const EQUALS = 0x3d;
const SPACE = 0x20;
