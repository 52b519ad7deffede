import type { Sdp, SdpDocument } from "../document.ts";
import { isAttribute } from "../line.ts";
import { documentOf } from "../parse.ts";
import { sectionAt } from "../section-at.ts";
import { attributeText } from "./attribute-text.ts";
import { setLines } from "./replace-lines.ts";

/**
 * Gives one section exactly one attribute of a name: the first one that stands there gets the value in its place,
 * others of the name go, and where there is none it is added at the end of the section.
 * Without a value the line is a flag, `a=name`.
 *
 * What stands once per format or candidate is edited with `setFormatParameters`, `addCandidates` or `addAttribute`.
 * Throws `RangeError` for a section that is not there, and for a name or value that would not be one attribute line.
 */
export function setAttribute(
  sdp: Sdp,
  at: string | number,
  name: string,
  value?: string,
): SdpDocument {
  const document = documentOf(sdp);
  const text = attributeText(name, value);
  return setLines(document, sectionAt(document, at), (line) => isAttribute(line, name), [text]);
}
