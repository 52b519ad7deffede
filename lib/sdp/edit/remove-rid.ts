import { simulcast } from "../attributes/simulcast.ts";
import type { MediaDescription, SimulcastAlternative } from "../description.ts";
import type { Sdp, SdpDocument } from "../document.ts";
import { readDescription } from "../read-description.ts";
import { mediaSectionAt } from "../section-at.ts";
import { changeLines } from "./replace-lines.ts";

/**
 * Removes a restriction id from a media section: its `a=rid` line, and its place in `a=simulcast`; an `a=simulcast` line
 * that names nothing any more goes too. RFC 8851 §4, RFC 8853 §5.1.
 * Throws `RangeError` for a section or an id that is not there.
 */
export function removeRid(sdp: Sdp, at: string | number, id: string): SdpDocument {
  const { document, media } = readDescription(sdp);
  const section = mediaSectionAt(document, at);
  const { rids, simulcast: streams } = media[section.index] as MediaDescription;
  const gone = rids.filter((candidate) => candidate.id === id).map(({ line }) => line);
  if (gone.length === 0) {
    const known = rids.map((candidate) => `“${candidate.id}”`).join(", ") || "none";
    throw new RangeError(`Media section ${section.index} has no rid “${id}”; it has ${known}.`);
  }
  return changeLines(document, [section], (line) => {
    if (gone.includes(line)) return undefined;
    if (line !== streams?.line) return line;
    const value = { send: without(streams.send, id), recv: without(streams.recv, id) };
    const isSame = count(value) === count(streams);
    if (isSame) return line;
    return count(value) === 0 ? undefined : `a=simulcast:${simulcast.print(value)}`;
  });
}

type Streams = readonly (readonly SimulcastAlternative[])[];

function without(streams: Streams, id: string): Streams {
  return streams
    .map((stream) => stream.filter(({ rid }) => rid !== id))
    .filter((stream) => stream.length > 0);
}

function count({ send, recv }: { readonly send: Streams; readonly recv: Streams }): number {
  return send.flat().length + recv.flat().length;
}
