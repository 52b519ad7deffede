import { readValue } from "../attribute.ts";
import { msid } from "../attributes/msid.ts";
import { ssrc } from "../attributes/ssrc.ts";
import type { Msid } from "../description.ts";
import type { Sdp, SdpDocument } from "../document.ts";
import { isAttribute } from "../line.ts";
import { documentOf } from "../parse.ts";
import { Scanner } from "../scanner.ts";
import { mediaSectionAt } from "../section-at.ts";
import { changeLines, setLines } from "./replace-lines.ts";

/**
 * Says to which streams the track of a media section belongs, one `a=msid` line a stream; an empty list says nothing of it.
 * `a=ssrc:… msid:` lines, the older way to say it, follow with the first stream, and go when there is none. RFC 8830 §2.
 * Throws `RangeError` for a section that is not there, and for an id that is not 1 to 64 characters without blanks.
 */
export function setMsids(
  sdp: Sdp,
  at: string | number,
  msids: readonly Omit<Msid, "line">[],
): SdpDocument {
  const document = documentOf(sdp);
  const { index } = mediaSectionAt(document, at);
  for (const { stream, track } of msids) {
    checkId(stream);
    if (track !== undefined) checkId(track);
  }
  const texts = msids.map((value) => `a=msid:${msid.print(value)}`);
  const section = mediaSectionAt(document, index);
  const changed = setLines(document, section, (line) => isAttribute(line, "msid"), texts);
  const [first] = msids;
  const scan = new Scanner();
  return changeLines(changed, [mediaSectionAt(changed, index)], (line) => {
    if (!isAttribute(line, "ssrc")) return line;
    const source = readValue(ssrc, scan, line.source, "a=ssrc:".length);
    if (source?.name !== "msid") return line;
    return first && `a=ssrc:${ssrc.print({ ...source, value: msid.print(first) })}`;
  });
}

function checkId(id: string): void {
  if (/^[!#$%&'*+\-.\w^`{|}~]{1,64}$/.test(id)) return;
  throw new RangeError(
    `“${id}” is no id of a stream or track: it must be a token of 1 to 64 characters.`,
  );
}
