import type { Direction } from "../description.ts";
import type { Sdp, SdpDocument } from "../document.ts";
import { directions } from "../fields.ts";
import { documentOf } from "../parse.ts";
import { sectionAt } from "../section-at.ts";
import { setLines } from "./replace-lines.ts";

/**
 * Gives a section a direction: the direction that stands there is replaced in its place, further ones go, and where
 * there is none it is added at the end. On the session part (−1) it is the default of all media sections. RFC 8866 §6.7.
 * Throws `RangeError` for a section that is not there and for a word that is no direction.
 */
export function setDirection(sdp: Sdp, at: string | number, direction: Direction): SdpDocument {
  if (!directions.includes(direction)) {
    throw new RangeError(`“${direction}” is no direction; there are ${directions.join(", ")}.`);
  }
  const document = documentOf(sdp);
  const isDirection = ({ source }: { readonly source: string }) => lines.has(source);
  return setLines(document, sectionAt(document, at), isDirection, [`a=${direction}`]);
}

const lines: ReadonlySet<string> = new Set(directions.map((direction) => `a=${direction}`));
