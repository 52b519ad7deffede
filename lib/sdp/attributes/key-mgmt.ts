import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** What an `a=key-mgmt` line says: keys of a key management protocol such as MIKEY. RFC 4567 §3.1. */
export interface KeyManagement {
  readonly protocol: string;
  /** Base64. */
  readonly data: string;
}

/** `a=key-mgmt`. RFC 4567 §3.1. */
export const keyMgmt: Attribute<KeyManagement, "protocol" | "data"> = defineAttribute({
  name: "key-mgmt",
  levels: ["session", "media"],
  multiplicity: "many",
  mux: "IDENTICAL",
  rfc: rfc(4567, "3.1"),
  read: (scan) => ({ protocol: scan.word("protocol"), data: scan.word("data") }),
  print: ({ protocol, data }) => `${protocol} ${data}`,
  summary: ({ protocol }) => ({
    en: `A message of the key management protocol ${protocol}. WebRTC does not use it: keys come from DTLS.`,
    ko: `키 관리 프로토콜 ${protocol}의 메시지입니다. WebRTC에서는 쓰지 않으며 DTLS로 키를 정합니다.`,
  }),
  parts: {
    protocol: {
      name: { en: "protocol", ko: "프로토콜" },
      meaning: { en: "Such as mikey.", ko: "mikey 등입니다." },
    },
    data: {
      name: { en: "key data", ko: "키 데이터" },
      meaning: {
        en: "The protocol's message, in Base64. It may contain keys.",
        ko: "Base64로 쓴 메시지로, 키가 들어 있을 수 있습니다.",
      },
    },
  },
});
