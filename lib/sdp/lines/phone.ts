import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";

/** `p=`: the phone number of who is responsible. RFC 8866 §5.6. */
export const phone: LineKind<string, "phone"> = defineLine({
  type: "p",
  levels: ["session"],
  multiplicity: "many",
  rfc: rfc(8866, "5.6"),
  read: (scan) => scan.rest("phone"),
  print: (value) => value,
  summary: (value) => ({
    en: `Responsible for the session, by phone: ${value}.`,
    ko: `세션 책임자의 전화번호는 ${value}입니다.`,
  }),
  parts: {
    phone: {
      name: { en: "phone number", ko: "전화번호" },
      meaning: {
        en: "In international form, beginning with +.",
        ko: "+로 시작하는 국제 형식입니다.",
      },
    },
  },
});
