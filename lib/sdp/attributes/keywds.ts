import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=keywds`: keywords of an announced session, obsolete. RFC 8866 §6.2. */
export const keywds: Attribute<string, "keywords"> = defineAttribute({
  name: "keywds",
  levels: ["session"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(8866, "6.2"),
  read: (scan) => scan.rest("keywords"),
  print: (value) => value,
  summary: (value) => ({
    en: `Keywords of the session: ${value}. Obsolete.`,
    ko: `세션 키워드는 ${value}입니다. 더 이상 쓰지 않는 속성입니다.`,
  }),
  parts: {
    keywords: {
      name: { en: "keywords", ko: "키워드" },
      meaning: {
        en: "Free text by which announced sessions were searched.",
        ko: "공지된 세션을 검색할 때 쓰던 자유 텍스트입니다.",
      },
    },
  },
});
