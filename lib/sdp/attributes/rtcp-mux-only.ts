import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const rtcpMuxOnly: Attribute<true, never> = defineFlag({
  name: "rtcp-mux-only",
  levels: ["media"],
  mux: "IDENTICAL",
  rfc: rfc(8858, "4"),
});
