import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const iceLite: Attribute<true, never> = defineFlag({
  name: "ice-lite",
  levels: ["session"],
  mux: "NORMAL",
  rfc: rfc(8839, "5.3"),
});
