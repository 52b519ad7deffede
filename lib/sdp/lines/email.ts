import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";

/** `e=`: the email address of who is responsible. RFC 8866 §5.6. */
export const email: LineKind<string, "email"> = defineLine({
  type: "e",
  levels: ["session"],
  multiplicity: "many",
  rfc: rfc(8866, "5.6"),
  read: (scan) => scan.rest("email"),
  print: (value) => value,
  summary: (value) => ({
    en: `Responsible for the session: ${value}.`,
    ko: `세션 책임자의 이메일은 ${value}입니다.`,
  }),
  parts: {
    email: {
      name: { en: "email address", ko: "이메일 주소" },
      meaning: {
        en: "With a name in parentheses or before angle brackets.",
        ko: "괄호나 꺾쇠로 이름을 함께 적을 수 있습니다.",
      },
    },
  },
});
