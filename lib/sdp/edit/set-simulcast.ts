import { simulcast } from "../attributes/simulcast.ts";
import type { MediaDescription, Simulcast } from "../description.ts";
import type { Sdp, SdpDocument } from "../document.ts";
import { isAttribute } from "../line.ts";
import { readDescription } from "../read-description.ts";
import { mediaSectionAt } from "../section-at.ts";
import { setLines } from "./replace-lines.ts";

/**
 * Sets the `a=simulcast` line of a media section, or removes it (`null`); the `a=rid` lines are left alone. RFC 8853 §5.1.
 * Throws `RangeError` for a section that is not there, and for a stream whose rid has no `a=rid` line of its direction.
 */
export function setSimulcast(
  sdp: Sdp,
  at: string | number,
  value: Partial<Omit<Simulcast, "line">> | null,
): SdpDocument {
  const { document, media } = readDescription(sdp);
  const section = mediaSectionAt(document, at);
  const streams = { send: value?.send ?? [], recv: value?.recv ?? [] };
  checkRids(streams, media[section.index] as MediaDescription);
  const text = simulcast.print(streams);
  const texts = text === "" ? [] : [`a=simulcast:${text}`];
  return setLines(document, section, (line) => isAttribute(line, "simulcast"), texts);
}

function checkRids(streams: Omit<Simulcast, "line">, { index, rids }: MediaDescription): void {
  for (const direction of ["send", "recv"] as const) {
    const known = rids.filter((rid) => rid.direction === direction).map(({ id }) => id);
    const unknown = streams[direction].flat().find(({ rid }) => !known.includes(rid));
    if (unknown) {
      throw new RangeError(
        `Media section ${index} has no a=rid:${unknown.rid} ${direction}; it has ${known.join(", ") || "none"}.`,
      );
    }
  }
}
