import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Direction, HeaderExtension } from "../description.ts";
import { directions } from "../fields.ts";

type Part = "id" | "direction" | "uri" | "attributes";

export const extmap: Attribute<Omit<HeaderExtension, "line">, Part> = defineAttribute({
  name: "extmap",
  levels: ["session", "media"],
  multiplicity: "per-key",
  mux: "SPECIAL",
  rfc: rfc(8285, "5"),
  read(scan) {
    const id = scan.integer("id", 4351);
    let direction: Direction | undefined;
    if (scan.skip(SLASH)) direction = scan.oneOf(directions, "direction");
    const uri = scan.word("uri");
    const attributes = scan.optionalRest("attributes");
    return {
      id,
      uri,
      ...(direction !== undefined && { direction }),
      ...(attributes !== undefined && { attributes }),
    };
  },
  print({ id, direction, uri, attributes }) {
    const text = direction === undefined ? `${id} ${uri}` : `${id}/${direction} ${uri}`;
    return attributes === undefined ? text : `${text} ${attributes}`;
  },
});

const SLASH = 0x2f;
