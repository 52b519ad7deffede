import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const bundleOnly: Attribute<true, never> = defineFlag({
  name: "bundle-only",
  levels: ["media"],
  mux: "NORMAL",
  rfc: rfc(9143, "6"),
});
