import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** An `a=fmtp` line: parameters of one format. RFC 8866 §6.15. */
export interface Fmtp {
  /** As it stands in the `m=` line. */
  readonly format: string;
  /** All that stands after the format. */
  readonly parameters: string;
}

export const fmtp: Attribute<Fmtp, "format" | "parameters"> = defineAttribute({
  name: "fmtp",
  levels: ["media"],
  multiplicity: "per-key",
  mux: "IDENTICAL-PER-PT",
  rfc: rfc(8866, "6.15"),
  read: (scan) => ({ format: scan.word("format"), parameters: scan.rest("parameters") }),
  print: ({ format, parameters }) => `${format} ${parameters}`,
});
