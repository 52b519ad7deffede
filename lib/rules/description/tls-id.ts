import { rfc } from "../../rfc.ts";
import { attributeValue } from "../../sdp/line.ts";
import { sectionsOf } from "../../sdp/sections.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A tls-id has 20 to 255 characters. RFC 8842 §4. */
export const tlsId: Rule<"description"> = defineRule({
  code: "sdp/tls-id",
  subject: "description",
  severity: "warning",
  rfc: rfc(8842, "4", "MUST"),
  summary: {
    en: "a=tls-id has 20 to 255 letters, digits, +, /, - or _.",
    ko: "a=tls-id는 영문자, 숫자, +, /, -, _로 된 20~255자여야 합니다.",
  },
  check({ document, attributes, report }) {
    for (const section of sectionsOf(document)) {
      for (const line of attributes(section, "tls-id")) {
        const id = attributeValue(line) ?? "";
        if (id.length >= 20 && id.length <= 255 && /^[A-Za-z0-9+/_-]*$/.test(id)) continue;
        report(line, {
          en: `The tls-id has ${id.length} characters; 20 to 255 letters, digits, "+", "/", "-" and "_" are allowed.`,
          ko: `tls-id가 ${id.length}자입니다. 영문자, 숫자, "+", "/", "-", "_"로 20~255자여야 합니다.`,
        });
      }
    }
  },
});
