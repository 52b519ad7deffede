import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const iceUfrag: Attribute<string, "ufrag"> = defineAttribute({
  name: "ice-ufrag",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "TRANSPORT",
  rfc: rfc(8839, "5.4"),
  read: (scan) => scan.word("ufrag"),
  print: (value) => value,
});
