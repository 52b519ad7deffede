import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const extmapAllowMixed: Attribute<true, never> = defineFlag({
  name: "extmap-allow-mixed",
  levels: ["session", "media"],
  mux: "NORMAL",
  rfc: rfc(8285, "6"),
});
