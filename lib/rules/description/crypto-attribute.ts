import { rfc } from "../../rfc.ts";
import { removeLine } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** SDES keys do not travel in WebRTC descriptions. RFC 8827 §6.5, RFC 8866 §7. */
export const cryptoAttribute: Rule<"description"> = defineRule({
  code: "sdp/crypto-attribute",
  subject: "description",
  severity: "error",
  rfc: rfc(8827, "6.5", "MUST NOT"),
  summary: {
    en: "There is no a=crypto: SDES keys are readable by everybody on the way and forbidden in WebRTC, which uses DTLS-SRTP.",
    ko: "a=crypto는 쓰지 않습니다. SDES 키는 경로상의 누구나 읽을 수 있어 WebRTC에서 금지되며, DTLS-SRTP를 씁니다.",
  },
  check({ description, document, attributes, report }) {
    for (const { section, dtls } of description.media) {
      for (const line of attributes(section, "crypto")) {
        report(
          line,
          {
            en: "a=crypto carries the media key in the clear. Browsers ignore it; WebRTC forbids it.",
            ko: "a=crypto는 미디어 키를 그대로 실어 나릅니다. 브라우저는 무시하며 WebRTC에서 금지됩니다.",
          },
          // Only where DTLS is there as well is the line surely of no use.
          dtls.fingerprints.length > 0 ? { fix: removeLine(document, line) } : {},
        );
      }
    }
  },
});
