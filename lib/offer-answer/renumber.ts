import type { MediaDescription } from "../sdp/description.ts";
import type { Sdp, SdpDocument } from "../sdp/document.ts";
import { documentFrom } from "../sdp/parse.ts";
import { readDescription } from "../sdp/read-description.ts";
import { readFormats } from "../sdp/read-formats.ts";
import { rewriteFormats } from "./payload-type-lines.ts";

/** New payload types by old ones: a map, or an object such as `{ 96: 100, 97: 101 }`. */
export type PayloadTypeMap = ReadonlyMap<number, number> | Readonly<Record<number, number>>;

/**
 * A description with payload types renumbered, all at once, so that two may change places. Every reference follows:
 * rtpmap, fmtp, `apt`, RED lists, rtcp-fb, rid, imageattr, `a=ssrc:… fmtp:`. Payload types that no section has are ignored.
 * Throws `RangeError` when a new number is none (0–127) or two formats of one section would share it.
 */
export function renumberPayloadTypes(sdp: Sdp, map: PayloadTypeMap): SdpDocument {
  const renames = new Map(
    [...entriesOf(map)].map(([from, to]) => [String(from), String(checked(to))]),
  );
  const { document, media } = readDescription(sdp);
  const sections = media.map((section) => {
    if (!section.isRtp || !section.formats.some((format) => renames.has(format))) {
      return section.section;
    }
    refuseCollision(section, renames);
    return rewriteFormats(readFormats(section.section), (format) => renames.get(format) ?? format);
  });
  const isUntouched = sections.every((section, at) => section === media[at]?.section);
  return isUntouched ? document : documentFrom(document.session, sections);
}

function entriesOf(map: PayloadTypeMap): Iterable<readonly [number, number]> {
  if (map instanceof Map) return map.entries();
  return Object.entries(map).map(([from, to]) => [Number(from), to] as const);
}

function checked(payloadType: number): number {
  if (Number.isInteger(payloadType) && payloadType >= 0 && payloadType <= 127) return payloadType;
  throw new RangeError(`A payload type is a whole number from 0 to 127, not ${payloadType}.`);
}

function refuseCollision(
  { index, formats }: MediaDescription,
  renames: ReadonlyMap<string, string>,
): void {
  const owners = new Map<string, string>();
  for (const format of new Set(formats)) {
    const next = renames.get(format) ?? format;
    const other = owners.get(next);
    if (other !== undefined) {
      throw new RangeError(
        `Payload types ${other} and ${format} of media section ${index} would both become ${next}.`,
      );
    }
    owners.set(next, format);
  }
}
