import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const inactive: Attribute<true, never> = defineFlag({
  name: "inactive",
  levels: ["session", "media"],
  mux: "NORMAL",
  rfc: rfc(8866, "6.7"),
  summary: {
    en: "No media flows in this section for now, in neither direction. The transport and its keys stay in place.",
    ko: "당분간 이 섹션에서는 어느 방향으로도 미디어가 흐르지 않습니다. 전송 연결과 키는 유지됩니다.",
  },
});
