import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const sendrecv: Attribute<true, never> = defineFlag({
  name: "sendrecv",
  levels: ["session", "media"],
  mux: "NORMAL",
  rfc: rfc(8866, "6.7"),
  summary: {
    en: "This side wants to send and to receive media in this section.",
    ko: "이 섹션에서 미디어를 보내고 받으려 합니다.",
  },
});
