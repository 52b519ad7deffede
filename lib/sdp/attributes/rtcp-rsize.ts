import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const rtcpRsize: Attribute<true, never> = defineFlag({
  name: "rtcp-rsize",
  levels: ["media"],
  mux: "IDENTICAL",
  rfc: rfc(5506, "5"),
});
