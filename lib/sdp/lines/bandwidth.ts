import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";
import type { Bandwidth } from "../description.ts";

export const bandwidth: LineKind<Omit<Bandwidth, "line">, "type" | "value"> = defineLine({
  type: "b",
  levels: ["session", "media"],
  multiplicity: "many",
  rfc: rfc(8866, "5.8"),
  read(scan) {
    const type = scan.until(COLON, "type");
    scan.skip(COLON);
    return { type, value: scan.integer("value") };
  },
  print: ({ type, value }) => `${type}:${value}`,
});

const COLON = 0x3a;
