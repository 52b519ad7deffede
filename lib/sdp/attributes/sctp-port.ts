import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const sctpPort: Attribute<number, "port"> = defineAttribute({
  name: "sctp-port",
  levels: ["media"],
  multiplicity: "one",
  mux: "CAUTION",
  rfc: rfc(8841, "5"),
  read: (scan) => scan.integer("port", 65535),
  print: (value) => `${value}`,
});
