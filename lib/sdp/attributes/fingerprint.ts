import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Fingerprint } from "../description.ts";

export const fingerprint: Attribute<
  Omit<Fingerprint, "line">,
  "algorithm" | "value"
> = defineAttribute({
  name: "fingerprint",
  levels: ["session", "media"],
  multiplicity: "many",
  mux: "TRANSPORT",
  rfc: rfc(8122, "5"),
  read: (scan) => ({ algorithm: scan.word("algorithm"), value: scan.word("value") }),
  print: ({ algorithm, value }) => `${algorithm} ${value}`,
  summary: ({ algorithm }) => ({
    en: `The ${algorithm} hash of the certificate that this side shows in the DTLS handshake. A certificate that fits none of the fingerprints ends the connection.`,
    ko: `이쪽이 DTLS 핸드셰이크에서 제시할 인증서의 ${algorithm} 해시입니다. 인증서가 어느 fingerprint와도 맞지 않으면 연결이 끊어집니다.`,
  }),
  parts: {
    algorithm: {
      name: { en: "hash function", ko: "해시 함수" },
      meaning: (text) =>
        weak.has(text.toLowerCase())
          ? {
              en: `${text} must no longer be used for certificates: sha-256 is expected.`,
              ko: `${text}은(는) 더 이상 인증서에 쓰면 안 됩니다. sha-256을 써야 합니다.`,
            }
          : {
              en: "The function with which the certificate was hashed; sha-256 is usual.",
              ko: "인증서를 해시한 함수로, 보통 sha-256입니다.",
            },
    },
    value: {
      name: { en: "hash", ko: "해시 값" },
      meaning: {
        en: "The hash of the certificate, as hexadecimal bytes separated by colons.",
        ko: "인증서의 해시를 콜론으로 구분한 16진수 바이트입니다.",
      },
    },
  },
});

/** RFC 8122 §5 forbids the first two; the third is no longer safe. */
const weak: ReadonlySet<string> = new Set(["md2", "md5", "sha-1"]);
