import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** What an `a=identity` line says. RFC 8827 §5. */
export interface Identity {
  /** Base64 of the identity provider's assertion. */
  readonly assertion: string;
  /** What stands behind it, as written: extensions, separated by blanks or semicolons. */
  readonly extensions?: string;
}

/** `a=identity`: who the user is, as an identity provider asserts it. RFC 8827 §5. */
export const identity: Attribute<Identity, "assertion" | "extensions"> = defineAttribute({
  name: "identity",
  levels: ["session"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(8827, "5"),
  read(scan) {
    const assertion = scan.word("assertion");
    const extensions = scan.optionalRest("extensions");
    return extensions === undefined ? { assertion } : { assertion, extensions };
  },
  print: ({ assertion, extensions }) =>
    extensions === undefined ? assertion : `${assertion} ${extensions}`,
  summary: () => ({
    en: "An identity provider asserts who this user is and binds it to the fingerprints of this description. Only Firefox ever checked it.",
    ko: "identity provider가 이 사용자의 신원을 보증하고 이 description의 fingerprint와 묶습니다. Firefox만 검증합니다.",
  }),
  parts: {
    assertion: {
      name: { en: "assertion", ko: "보증" },
      meaning: {
        en: "The assertion, in Base64. It may contain the user's name or address.",
        ko: "Base64로 쓴 보증 내용으로, 사용자 이름이나 주소가 들어 있을 수 있습니다.",
      },
    },
    extensions: {
      name: { en: "extensions", ko: "확장" },
      meaning: { en: "Extensions of the attribute.", ko: "이 속성의 확장입니다." },
    },
  },
});
