import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";
import type { Origin } from "../description.ts";

type Part = "username" | "sessionId" | "sessionVersion" | "netType" | "addressType" | "address";

export const origin: LineKind<Omit<Origin, "line">, Part> = defineLine({
  type: "o",
  levels: ["session"],
  multiplicity: "one",
  rfc: rfc(8866, "5.2"),
  read: (scan) => ({
    username: scan.word("username"),
    sessionId: scan.word("sessionId"),
    sessionVersion: scan.word("sessionVersion"),
    netType: scan.word("netType"),
    addressType: scan.word("addressType"),
    address: scan.word("address"),
  }),
  print: ({ username, sessionId, sessionVersion, netType, addressType, address }) =>
    `${username} ${sessionId} ${sessionVersion} ${netType} ${addressType} ${address}`,
});
