import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** What an `a=crypto` line says: an SRTP key, in plain text. RFC 4568 §4. */
export interface Crypto {
  readonly tag: number;
  readonly suite: string;
  /** `inline:` and the key, with lifetime and MKI after bars. */
  readonly keyParameters: string;
  readonly sessionParameters?: string;
}

type Part = "tag" | "suite" | "keyParameters" | "sessionParameters";

/**
 * `a=crypto`: SDES keying, which WebRTC forbids. RFC 4568 §4.
 *
 *     a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4
 */
export const crypto: Attribute<Crypto, Part> = defineAttribute({
  name: "crypto",
  levels: ["media"],
  multiplicity: "per-key",
  mux: "TRANSPORT",
  rfc: rfc(4568, "4"),
  read(scan) {
    const tag = scan.integer("tag", 999_999_999);
    const suite = scan.word("suite");
    const keyParameters = scan.word("keyParameters");
    const sessionParameters = scan.optionalRest("sessionParameters");
    return sessionParameters === undefined
      ? { tag, suite, keyParameters }
      : { tag, suite, keyParameters, sessionParameters };
  },
  print({ tag, suite, keyParameters, sessionParameters }) {
    const text = `${tag} ${suite} ${keyParameters}`;
    return sessionParameters === undefined ? text : `${text} ${sessionParameters}`;
  },
  summary: ({ suite }) => ({
    en: `An SRTP key for ${suite} stands here in plain text (SDES): whoever sees this description can listen. WebRTC forbids it and uses DTLS instead.`,
    ko: `${suite}용 SRTP 키가 암호화되지 않은 채 적혀 있습니다(SDES). 이 description을 본 사람은 누구나 엿들을 수 있습니다. WebRTC에서는 금지되며 DTLS를 씁니다.`,
  }),
  parts: {
    tag: {
      name: { en: "tag", ko: "태그" },
      meaning: {
        en: "The answer repeats the tag of the line that it chose.",
        ko: "answer는 선택한 줄의 태그를 그대로 적습니다.",
      },
    },
    suite: {
      name: { en: "crypto suite", ko: "암호 방식" },
      meaning: {
        en: "How packets are encrypted and authenticated.",
        ko: "패킷의 암호화와 인증 방식입니다.",
      },
    },
    keyParameters: {
      name: { en: "key", ko: "키" },
      meaning: {
        en: "The secret key and salt, in Base64. Do not share a log that shows it.",
        ko: "Base64로 쓴 비밀 키와 salt입니다. 이 값이 보이는 로그는 공유하면 안 됩니다.",
      },
    },
    sessionParameters: {
      name: { en: "session parameters", ko: "세션 매개변수" },
      meaning: { en: "Options of SRTP.", ko: "SRTP 옵션입니다." },
    },
  },
});
