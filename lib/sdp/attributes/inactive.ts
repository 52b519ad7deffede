import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const inactive: Attribute<true, never> = defineFlag({
  name: "inactive",
  levels: ["session", "media"],
  mux: "NORMAL",
  rfc: rfc(8866, "6.7"),
});
