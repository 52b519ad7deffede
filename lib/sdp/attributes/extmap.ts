import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { HeaderExtension } from "../description.ts";
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
    const direction = scan.skip(SLASH) ? scan.oneOf(directions, "direction") : undefined;
    const uri = scan.word("uri");
    const attributes = scan.optionalRest("attributes");
    if (attributes !== undefined) {
      return direction === undefined ? { id, uri, attributes } : { id, direction, uri, attributes };
    }
    return direction === undefined ? { id, uri } : { id, direction, uri };
  },
  print({ id, direction, uri, attributes }) {
    const text = direction === undefined ? `${id} ${uri}` : `${id}/${direction} ${uri}`;
    return attributes === undefined ? text : `${text} ${attributes}`;
  },
});

const SLASH = 0x2f;
