import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineFlag } from "../attribute.ts";

export const bundleOnly: Attribute<true, never> = defineFlag({
  name: "bundle-only",
  levels: ["media"],
  mux: "NORMAL",
  rfc: rfc(9143, "6"),
  summary: {
    en: "This section is used only inside the BUNDLE group: the answer takes it in or rejects it. Its port is 0 for that reason, not because it is stopped.",
    ko: "이 섹션은 BUNDLE 그룹 안에서만 사용합니다. answer는 그룹에 넣거나 거부해야 합니다. 포트가 0인 것은 이 때문이며 중지되었다는 뜻이 아닙니다.",
  },
});
