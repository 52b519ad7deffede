import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const icePwd: Attribute<string, "pwd"> = defineAttribute({
  name: "ice-pwd",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "TRANSPORT",
  rfc: rfc(8839, "5.4"),
  read: (scan) => scan.word("pwd"),
  print: (value) => value,
  summary: () => ({
    en: "The ICE password of this side. The other side signs its connectivity checks with it; checks signed with another one are refused with 401.",
    ko: "이쪽의 ICE 비밀번호입니다. 상대는 이 값으로 연결 검사에 서명하며, 값이 다르면 401로 거부됩니다.",
  }),
  parts: {
    pwd: {
      name: { en: "password", ko: "비밀번호" },
      meaning: {
        en: "22 to 256 letters, digits, + or /. It changes together with the ufrag, never alone.",
        ko: "영문자, 숫자, +, / 22~256자이며, 항상 ufrag와 함께 바뀝니다.",
      },
    },
  },
});
