import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const endOfCandidates: Attribute<true, never> = defineFlag({
  name: "end-of-candidates",
  levels: ["session", "media"],
  mux: "IDENTICAL",
  rfc: rfc(8840, "8.2"),
});
