import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const tlsId: Attribute<string, "id"> = defineAttribute({
  name: "tls-id",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "TRANSPORT",
  rfc: rfc(8842, "4"),
  read: (scan) => scan.word("id"),
  print: (value) => value,
});
