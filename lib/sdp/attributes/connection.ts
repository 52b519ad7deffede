import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=connection`: whether a connection-oriented transport is set up anew. RFC 4145 §5. */
export const connection: Attribute<string, "connection"> = defineAttribute({
  name: "connection",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "TRANSPORT",
  rfc: rfc(4145, "5"),
  read: (scan) => scan.oneOf(Object.keys(meanings), "connection"),
  print: (value) => value,
  summary: (value) => meanings[value] as Message,
  parts: {
    connection: {
      name: { en: "connection", ko: "연결" },
      meaning: {
        en: "new or existing. DTLS says the same with a=tls-id.",
        ko: "new 또는 existing입니다. DTLS에서는 a=tls-id가 이 역할을 합니다.",
      },
    },
  },
});

const meanings: Readonly<Record<string, Message>> = {
  new: { en: "A new transport connection is to be set up.", ko: "전송 연결을 새로 맺습니다." },
  existing: {
    en: "The transport connection that stands is used further.",
    ko: "이미 맺은 전송 연결을 계속 씁니다.",
  },
};
