import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";

/** `u=`: where more about the session can be read. RFC 8866 §5.5. */
export const uri: LineKind<string, "uri"> = defineLine({
  type: "u",
  levels: ["session"],
  multiplicity: "one",
  rfc: rfc(8866, "5.5"),
  read: (scan) => scan.rest("uri"),
  print: (value) => value,
  summary: (value) => ({
    en: `More about the session stands at ${value}.`,
    ko: `세션에 관한 자세한 내용은 ${value}에 있습니다.`,
  }),
  parts: {
    uri: {
      name: { en: "URI", ko: "URI" },
      meaning: {
        en: "Where more about the session can be read.",
        ko: "세션에 관한 추가 정보가 있는 주소입니다.",
      },
    },
  },
});
