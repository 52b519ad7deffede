import { rid } from "../attributes/rid.ts";
import type { MediaDescription, Rid } from "../description.ts";
import type { Sdp, SdpDocument } from "../document.ts";
import { isAttribute } from "../line.ts";
import { readDescription } from "../read-description.ts";
import { mediaSectionAt } from "../section-at.ts";
import { oneLine } from "./attribute-text.ts";
import { changeLines, insertLines } from "./replace-lines.ts";

/**
 * Sets one restriction id of a media section: the `a=rid` line of the same id and direction is replaced in its place,
 * a new one is inserted behind the others. RFC 8851 §4.
 * Throws `RangeError` for a section that is not there, an id with other characters than letters, digits, `-` and `_`,
 * a direction other than `send` and `recv`, and a payload type that is no format of the section.
 */
export function setRid(sdp: Sdp, at: string | number, value: Omit<Rid, "line">): SdpDocument {
  const { document, media } = readDescription(sdp);
  const section = mediaSectionAt(document, at);
  const description = media[section.index] as MediaDescription;
  checkRid(value, description);
  const text = oneLine(`a=rid:${rid.print(value)}`);
  const same = description.rids.find(
    ({ id, direction }) => id === value.id && direction === value.direction,
  );
  if (same) {
    return changeLines(document, [section], (line) => (line === same.line ? text : line));
  }
  const last = section.lines.findLastIndex((line) => isAttribute(line, "rid"));
  return insertLines(document, section, [text], last < 0 ? undefined : last + 1);
}

function checkRid(
  { id, direction, payloadTypes }: Omit<Rid, "line">,
  { index, formats }: MediaDescription,
) {
  if (direction !== "send" && direction !== "recv") {
    throw new RangeError(
      `“${String(direction)}” is no direction of a rid: it must be send or recv.`,
    );
  }
  if (!/^[\w-]+$/.test(id)) {
    throw new RangeError(`“${id}” is no rid: it must be of letters, digits, “-” and “_”.`);
  }
  const unknown = payloadTypes.find((format) => !formats.includes(format));
  if (unknown !== undefined) {
    throw new RangeError(
      `Media section ${index} has no format ${unknown}; it has ${formats.join(", ")}.`,
    );
  }
}
