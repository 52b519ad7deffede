import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const mid: Attribute<string, "mid"> = defineAttribute({
  name: "mid",
  levels: ["media"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(5888, "4"),
  read: (scan) => scan.word("mid"),
  print: (value) => value,
});
