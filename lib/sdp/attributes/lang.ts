import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=lang`: the language of the media. RFC 8866 §6.12. */
export const lang: Attribute<string, "language"> = defineAttribute({
  name: "lang",
  levels: ["session", "media"],
  multiplicity: "many",
  mux: "NORMAL",
  rfc: rfc(8866, "6.12"),
  read: (scan) => scan.word("language"),
  print: (value) => value,
  summary: (value) => ({
    en: `The media itself is in the language ${value}; several lines are in order of preference.`,
    ko: `미디어의 언어는 ${value}입니다. 여러 줄이면 선호 순서입니다.`,
  }),
  parts: {
    language: {
      name: { en: "language", ko: "언어" },
      meaning: { en: "A language tag, such as en or ko.", ko: "en, ko 같은 언어 태그입니다." },
    },
  },
});
