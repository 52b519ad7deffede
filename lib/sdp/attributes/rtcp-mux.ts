import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const rtcpMux: Attribute<true, never> = defineFlag({
  name: "rtcp-mux",
  levels: ["media"],
  mux: "IDENTICAL",
  rfc: rfc(5761, "5.1.1"),
});
