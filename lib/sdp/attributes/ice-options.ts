import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import { words } from "../fields.ts";

export const iceOptions: Attribute<readonly string[], "option"> = defineAttribute({
  name: "ice-options",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(8839, "5.6"),
  read: (scan) => words(scan, "option"),
  print: (options) => options.join(" "),
});
