import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=sdplang`: the language of texts in the description. RFC 8866 §6.11. */
export const sdplang: Attribute<string, "language"> = defineAttribute({
  name: "sdplang",
  levels: ["session", "media"],
  multiplicity: "many",
  mux: "NORMAL",
  rfc: rfc(8866, "6.11"),
  read: (scan) => scan.word("language"),
  print: (value) => value,
  summary: (value) => ({
    en: `The texts of this description are in the language ${value}.`,
    ko: `이 description에 적힌 텍스트의 언어는 ${value}입니다.`,
  }),
  parts: {
    language: {
      name: { en: "language", ko: "언어" },
      meaning: { en: "A language tag, such as en or ko.", ko: "en, ko 같은 언어 태그입니다." },
    },
  },
});
