import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** An `a=ssrc` line: one attribute of one RTP source. RFC 5576 §4.1. */
export interface SourceAttribute {
  readonly ssrc: number;
  readonly name: string;
  readonly value?: string;
}

export const ssrc: Attribute<SourceAttribute, "ssrc" | "name" | "value"> = defineAttribute({
  name: "ssrc",
  levels: ["media"],
  multiplicity: "many",
  mux: "NORMAL",
  rfc: rfc(5576, "4.1"),
  read(scan) {
    const ssrc = scan.integer("ssrc", 0xffff_ffff);
    scan.blank();
    const name = scan.until(COLON, "name");
    return scan.skip(COLON) ? { ssrc, name, value: scan.remainder("value") } : { ssrc, name };
  },
  print: ({ ssrc, name, value }) => `${ssrc} ${name}${value === undefined ? "" : `:${value}`}`,
});

const COLON = 0x3a;
