import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";
import type { Connection } from "../description.ts";

export const connection: LineKind<
  Omit<Connection, "line">,
  "netType" | "addressType" | "address"
> = defineLine({
  type: "c",
  levels: ["session", "media"],
  multiplicity: "many",
  rfc: rfc(8866, "5.7"),
  read: (scan) => ({
    netType: scan.word("netType"),
    addressType: scan.word("addressType"),
    address: scan.word("address"),
  }),
  print: ({ netType, addressType, address }) => `${netType} ${addressType} ${address}`,
});
