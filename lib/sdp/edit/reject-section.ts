import { readValue } from "../attribute.ts";
import { attributes } from "../attributes/catalog.ts";
import { group } from "../attributes/group.ts";
import type { Group } from "../description.ts";
import type { Line, Sdp, SdpDocument, Section } from "../document.ts";
import { attributeName, attributeValue, isAttribute } from "../line.ts";
import { documentOf } from "../parse.ts";
import type { MediaFormats } from "../read-formats.ts";
import { readFormats } from "../read-formats.ts";
import { Scanner } from "../scanner.ts";
import { mediaSectionAt, midOf } from "../section-at.ts";
import { changeLines, insertLines } from "./replace-lines.ts";

/**
 * Rejects or stops a media section: port 0, its first format kept, and out of every group. RFC 3264 §6, RFC 9143 §7.3.3.
 * With the other formats go the lines that speak of them, and with the port the candidates and `a=bundle-only`.
 *
 * Where the section was the first of its BUNDLE group, the next one becomes the tagged section: it takes over the
 * transport attributes that it lacks (ICE credentials, fingerprints, candidates …), and if it was bundle-only, also the port.
 * In an answer the offerer's tagged section may only be rejected if the offer was the first. A group that is left empty goes.
 *
 * A section that is rejected already is returned as it is. Throws `RangeError` for a section that is not there.
 */
export function rejectSection(sdp: Sdp, at: string | number): SdpDocument {
  const document = documentOf(sdp);
  const section = mediaSectionAt(document, at);
  const media = readFormats(section);
  if (media.isRejected) return leaveGroups(document, section);
  const heir = heirOf(document, section);
  const prepared = heir ? handOver(document, media, heir) : document;
  const rejected = mediaSectionAt(prepared, section.index);
  const dropped = new Set(media.formats.slice(1));
  const changed = changeLines(prepared, [rejected], (line) => {
    if (line.type === "m") return mediaLine(line, media.formats.slice(0, 1));
    return isGone(line, dropped) ? undefined : line;
  });
  return leaveGroups(changed, section);
}

/** The section that becomes the tagged one of the BUNDLE group, if this one is it. */
function heirOf({ session, media }: SdpDocument, section: Section): MediaFormats | undefined {
  const mid = midOf(section);
  if (mid === undefined) return undefined;
  const bundle = groupsOf(session).find(
    ({ semantics, mids }) => semantics === "BUNDLE" && mids[0] === mid,
  );
  for (const other of bundle?.mids.slice(1) ?? []) {
    const candidate = media.find((one) => midOf(one) === other);
    const formats = candidate && readFormats(candidate);
    if (formats?.isRejected === false) return formats;
  }
  return undefined;
}

function groupsOf({ lines }: Section): readonly Omit<Group, "line">[] {
  const scan = new Scanner();
  return lines.flatMap((line) => {
    const value = isAttribute(line, "group") && readValue(group, scan, line.source, 8);
    return value ? [value] : [];
  });
}

function handOver(document: SdpDocument, from: MediaFormats, to: MediaFormats): SdpDocument {
  const has = new Set(to.section.lines.map(attributeName));
  const missing = from.section.lines.filter((line) => {
    const name = attributeName(line);
    return name !== undefined && transportAttributes.has(name) && !has.has(name);
  });
  const extended = insertLines(
    document,
    to.section,
    missing.map(({ source }) => source),
  );
  if (!to.isBundleOnly) return extended;
  const connection = from.section.lines.find(({ type }) => type === "c");
  return changeLines(extended, [mediaSectionAt(extended, to.index)], (line) => {
    if (line.type === "m") return withPort(line.source, from.port);
    if (line.type === "c" && connection) return connection.source;
    return isAttribute(line, "bundle-only") ? undefined : line;
  });
}

/** What belongs to the transport of a bundle and stands in its tagged section. RFC 8859 §4.5, RFC 9143 §7.1.3. */
const transportAttributes: ReadonlySet<string> = new Set([
  ...attributes.filter(({ mux }) => mux === "TRANSPORT").map(({ name }) => name),
  "ice-options",
  "end-of-candidates",
]);

function withPort(mediaLine: string, port: number): string {
  return mediaLine.replace(/^(m=[^ ]* +)[^ ]*/, (_, kind: string) => `${kind}${port}`);
}

/** The `m=` line with port 0 and these formats, everything else before the formats as it stands. */
function mediaLine({ source }: Line, formats: readonly string[]): string {
  const head = /^(m=[^ ]* +)[^ ]*( +[^ ]*)/.exec(source);
  if (head === null) return source;
  return [`${head[1]}0${head[2]}`, ...formats].join(" ");
}

const goesWithThePort: ReadonlySet<string> = new Set([
  "candidate",
  "end-of-candidates",
  "remote-candidates",
  "bundle-only",
  // A section without a port sends no streams; what names formats by rid would name dropped ones.
  "rid",
  "simulcast",
]);
const beginsWithFormat: ReadonlySet<string> = new Set([
  "rtpmap",
  "fmtp",
  "rtcp-fb",
  "imageattr",
  "framesize",
  "packetization",
]);

function isGone(line: Line, droppedFormats: ReadonlySet<string>): boolean {
  const name = attributeName(line);
  if (name === undefined) return false;
  if (goesWithThePort.has(name)) return true;
  if (!beginsWithFormat.has(name)) return false;
  const format = attributeValue(line)?.trimStart().split(" ", 1)[0] ?? "";
  return droppedFormats.has(format);
}

/** Takes the mid out of every `a=group`; a group that is left without any goes. RFC 5888 §9.2. */
function leaveGroups(document: SdpDocument, section: Section): SdpDocument {
  const mid = midOf(section);
  if (mid === undefined) return document;
  const sections: readonly Section[] = [document.session];
  return changeLines(document, sections, (line) => {
    if (!isAttribute(line, "group")) return line;
    const words = line.source.split(" ");
    const left = words.filter((word, at) => at === 0 || word !== mid);
    if (left.length === words.length) return line;
    return left.some((word, at) => at > 0 && word !== "") ? left.join(" ") : undefined;
  });
}
