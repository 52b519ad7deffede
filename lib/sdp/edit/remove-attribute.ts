import type { Sdp, SdpDocument } from "../document.ts";
import { isAttribute } from "../line.ts";
import { documentOf } from "../parse.ts";
import { sectionAt } from "../section-at.ts";
import { changeLines } from "./replace-lines.ts";

/**
 * Removes every attribute of a name from one section; the document itself when there is none.
 * Throws `RangeError` for a section that is not there.
 */
export function removeAttribute(sdp: Sdp, at: string | number, name: string): SdpDocument {
  const document = documentOf(sdp);
  return changeLines(document, [sectionAt(document, at)], (line) =>
    isAttribute(line, name) ? undefined : line,
  );
}
