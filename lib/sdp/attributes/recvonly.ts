import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const recvonly: Attribute<true, never> = defineFlag({
  name: "recvonly",
  levels: ["session", "media"],
  mux: "NORMAL",
  rfc: rfc(8866, "6.7"),
});
