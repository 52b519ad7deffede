import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const icePwd: Attribute<string, "pwd"> = defineAttribute({
  name: "ice-pwd",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "TRANSPORT",
  rfc: rfc(8839, "5.4"),
  read: (scan) => scan.word("pwd"),
  print: (value) => value,
});
