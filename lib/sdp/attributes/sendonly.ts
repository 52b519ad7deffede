import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const sendonly: Attribute<true, never> = defineFlag({
  name: "sendonly",
  levels: ["session", "media"],
  mux: "NORMAL",
  rfc: rfc(8866, "6.7"),
  summary: {
    en: "This side only sends media in this section; the answer may say recvonly or inactive.",
    ko: "이 섹션에서 미디어를 보내기만 합니다. answer는 recvonly나 inactive로 응답해야 합니다.",
  },
});
