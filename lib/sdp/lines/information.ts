import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";

/** `i=`: a text for people about the session or the section. RFC 8866 §5.4. */
export const information: LineKind<string, "text"> = defineLine({
  type: "i",
  levels: ["session", "media"],
  multiplicity: "one",
  rfc: rfc(8866, "5.4"),
  read: (scan) => scan.remainder("text"),
  print: (value) => value,
  summary: (value) => ({
    en: `Information for people: “${value}”.`,
    ko: `사람을 위한 설명은 “${value}”입니다.`,
  }),
  parts: {
    text: {
      name: { en: "information", ko: "설명" },
      meaning: {
        en: "Free text; machines do not read it.",
        ko: "자유 텍스트이며 프로그램은 해석하지 않습니다.",
      },
    },
  },
});
