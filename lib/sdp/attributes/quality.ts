import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=quality`: what to give up first when bandwidth is short, 0 to 10. RFC 8866 §6.14. */
export const quality: Attribute<number, "quality"> = defineAttribute({
  name: "quality",
  levels: ["media"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(8866, "6.14"),
  read: (scan) => scan.integer("quality", 10),
  print: (value) => `${value}`,
  summary: (value) => ({
    en: `A suggestion for the encoding's quality: ${value} of 10. Browsers ignore it.`,
    ko: `인코딩 품질 제안값은 10점 중 ${value}입니다. 브라우저는 무시합니다.`,
  }),
  parts: {
    quality: {
      name: { en: "quality", ko: "품질" },
      meaning: {
        en: "10 is the best still-image quality, 5 the default, 0 the worst that is usable.",
        ko: "10은 최고 정지 화질, 5는 기본값, 0은 쓸 수 있는 최저 품질입니다.",
      },
    },
  },
});
