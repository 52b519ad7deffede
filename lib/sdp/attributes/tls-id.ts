import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const tlsId: Attribute<string, "id"> = defineAttribute({
  name: "tls-id",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "TRANSPORT",
  rfc: rfc(8842, "4"),
  read: (scan) => scan.word("id"),
  print: (value) => value,
  summary: () => ({
    en: "Names the DTLS association. A new value asks for a new DTLS handshake even if the certificate stays.",
    ko: "DTLS 연결을 식별합니다. 값이 바뀌면 인증서가 그대로여도 DTLS 핸드셰이크를 다시 합니다.",
  }),
  parts: {
    id: {
      name: { en: "tls-id", ko: "tls-id" },
      meaning: {
        en: "20 to 255 random characters, chosen anew for each association.",
        ko: "연결마다 새로 정하는 20~255자의 임의 문자열입니다.",
      },
    },
  },
});
