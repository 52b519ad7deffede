import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Msid } from "../description.ts";

export const msid: Attribute<Omit<Msid, "line">, "stream" | "track"> = defineAttribute({
  name: "msid",
  levels: ["media"],
  multiplicity: "many",
  mux: "NORMAL",
  rfc: rfc(8830, "2"),
  read(scan) {
    const stream = scan.word("stream");
    const track = scan.optionalWord("track");
    return track === undefined ? { stream } : { stream, track };
  },
  print: ({ stream, track }) => (track === undefined ? stream : `${stream} ${track}`),
});
