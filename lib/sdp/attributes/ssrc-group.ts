import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { SourceGroup } from "../description.ts";

export const ssrcGroup: Attribute<
  Omit<SourceGroup, "line">,
  "semantics" | "ssrc"
> = defineAttribute({
  name: "ssrc-group",
  levels: ["media"],
  multiplicity: "many",
  mux: "NORMAL",
  rfc: rfc(5576, "4.2"),
  read(scan) {
    const semantics = scan.word("semantics");
    const ssrcs: number[] = [];
    do ssrcs.push(scan.integer("ssrc", 0xffff_ffff));
    while (scan.blank() && !scan.isDone);
    return { semantics, ssrcs };
  },
  print: ({ semantics, ssrcs }) => [semantics, ...ssrcs].join(" "),
});
