import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=charset`: how texts for people are encoded. RFC 8866 §6.10. */
export const charset: Attribute<string, "charset"> = defineAttribute({
  name: "charset",
  levels: ["session"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(8866, "6.10"),
  read: (scan) => scan.word("charset"),
  print: (value) => value,
  summary: (value) => ({
    en: `The session name and the information lines are written in ${value}. UTF-8 is the default.`,
    ko: `세션 이름과 정보 줄의 문자 집합은 ${value}입니다. 기본값은 UTF-8입니다.`,
  }),
  parts: {
    charset: {
      name: { en: "character set", ko: "문자 집합" },
      meaning: { en: "A name from the IANA registry.", ko: "IANA에 등록된 이름입니다." },
    },
  },
});
