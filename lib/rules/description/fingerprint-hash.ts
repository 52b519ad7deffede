import { rfc } from "../../rfc.ts";
import type { Line } from "../../sdp/document.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** The hash of a fingerprint is a safe one, and its length fits. RFC 8122 §5. */
export const fingerprintHash: Rule<"description"> = defineRule({
  code: "sdp/fingerprint-hash",
  subject: "description",
  severity: "error",
  rfc: rfc(8122, "5", "MUST NOT"),
  summary: {
    en: "A fingerprint uses neither MD2 nor MD5, is as long as its hash, and is sha-256 by preference.",
    ko: "fingerprint에는 MD2와 MD5를 쓰지 않으며, 길이는 해시와 맞아야 하고, sha-256을 권장합니다.",
  },
  check({ description, report }) {
    const seen = new Set<Line>();
    for (const { dtls } of description.media) {
      for (const { line, algorithm, value } of dtls.fingerprints) {
        if (seen.has(line)) continue;
        seen.add(line);
        const name = algorithm.toLowerCase();
        const place = partOf(line, algorithm, 14);
        const length = bytes.get(name);
        if (name === "md2" || name === "md5")
          report(place, {
            en: `${algorithm} is broken and must not be used for a fingerprint. Use sha-256.`,
            ko: `${algorithm}은(는) 깨진 해시라 fingerprint에 쓸 수 없습니다. sha-256을 쓰십시오.`,
          });
        else if (length === undefined)
          report(place, {
            en: `"${algorithm}" is no hash function for fingerprints. Use sha-256.`,
            ko: `"${algorithm}"은(는) fingerprint에 쓰는 해시 함수가 아닙니다. sha-256을 쓰십시오.`,
          });
        else if ((value.length + 1) / 3 !== length)
          report(partOf(line, value, 14), {
            en: `A ${algorithm} fingerprint has ${length} bytes; this one has ${Math.floor((value.length + 1) / 3)}. The DTLS handshake will fail.`,
            ko: `${algorithm} fingerprint는 ${length}바이트인데 이 값은 ${Math.floor((value.length + 1) / 3)}바이트입니다. DTLS handshake가 실패합니다.`,
          });
        else if (value !== value.toUpperCase())
          report(
            partOf(line, value, 14),
            {
              en: "The fingerprint has small letters; its grammar has capitals, and Firefox refuses small ones.",
              ko: "fingerprint에 소문자가 있습니다. 문법은 대문자이며 Firefox는 소문자를 거부합니다.",
            },
            { severity: "warning" },
          );
      }
    }
  },
});

const bytes: ReadonlyMap<string, number> = new Map([
  ["sha-1", 20],
  ["sha-224", 28],
  ["sha-256", 32],
  ["sha-384", 48],
  ["sha-512", 64],
]);
