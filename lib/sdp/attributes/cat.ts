import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=cat`: the category of an announced session, obsolete. RFC 8866 §6.1. */
export const cat: Attribute<string, "category"> = defineAttribute({
  name: "cat",
  levels: ["session"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(8866, "6.1"),
  read: (scan) => scan.rest("category"),
  print: (value) => value,
  summary: (value) => ({
    en: `The category of the session: ${value}. Obsolete.`,
    ko: `세션 분류는 ${value}입니다. 더 이상 쓰지 않는 속성입니다.`,
  }),
  parts: {
    category: {
      name: { en: "category", ko: "분류" },
      meaning: {
        en: "Words separated by dots, from general to special.",
        ko: "점으로 구분하며 넓은 분류부터 적습니다.",
      },
    },
  },
});
