import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const iceUfrag: Attribute<string, "ufrag"> = defineAttribute({
  name: "ice-ufrag",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "TRANSPORT",
  rfc: rfc(8839, "5.4"),
  read: (scan) => scan.word("ufrag"),
  print: (value) => value,
  summary: (value) => ({
    en: `The ICE username fragment of this side: ${value}. Every connectivity check sent to it carries this name; a new one, with a new password, restarts ICE.`,
    ko: `이쪽의 ICE username fragment는 ${value}입니다. 이쪽으로 보내는 모든 연결 검사에 실리며, 새 비밀번호와 함께 바뀌면 ICE가 재시작됩니다.`,
  }),
  parts: {
    ufrag: {
      name: { en: "ufrag", ko: "ufrag" },
      meaning: {
        en: "4 to 256 letters, digits, + or /. It names the ICE generation to which candidates belong.",
        ko: "영문자, 숫자, +, / 4~256자이며, candidate가 속한 ICE 세대를 나타냅니다.",
      },
    },
  },
});
