import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const maxMessageSize: Attribute<number, "size"> = defineAttribute({
  name: "max-message-size",
  levels: ["media"],
  multiplicity: "one",
  mux: "CAUTION",
  rfc: rfc(8841, "6"),
  read: (scan) => scan.integer("size"),
  print: (value) => `${value}`,
});
