import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Fingerprint } from "../description.ts";

export const fingerprint: Attribute<
  Omit<Fingerprint, "line">,
  "algorithm" | "value"
> = defineAttribute({
  name: "fingerprint",
  levels: ["session", "media"],
  multiplicity: "many",
  mux: "TRANSPORT",
  rfc: rfc(8122, "5"),
  read: (scan) => ({ algorithm: scan.word("algorithm"), value: scan.word("value") }),
  print: ({ algorithm, value }) => `${algorithm} ${value}`,
});
