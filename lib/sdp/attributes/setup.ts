import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Setup } from "../description.ts";

export const setup: Attribute<Setup, "role"> = defineAttribute({
  name: "setup",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "TRANSPORT",
  rfc: rfc(4145, "4"),
  read: (scan) => scan.oneOf(roles, "role"),
  print: (role) => role,
});

const roles: readonly Setup[] = ["actpass", "active", "passive", "holdconn"];
