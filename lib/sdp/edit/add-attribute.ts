import type { Sdp, SdpDocument } from "../document.ts";
import { documentOf } from "../parse.ts";
import { sectionAt } from "../section-at.ts";
import { attributeText } from "./attribute-text.ts";
import { insertLines } from "./replace-lines.ts";

/**
 * Adds one attribute line at the end of a section, whatever stands there already. Without a value the line is a flag.
 * Throws `RangeError` for a section that is not there, and for a name or value that would not be one attribute line.
 */
export function addAttribute(
  sdp: Sdp,
  at: string | number,
  name: string,
  value?: string,
): SdpDocument {
  const document = documentOf(sdp);
  const text = attributeText(name, value);
  return insertLines(document, sectionAt(document, at), [text]);
}
