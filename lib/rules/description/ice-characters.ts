import { rfc } from "../../rfc.ts";
import { attributeValue } from "../../sdp/line.ts";
import { sectionsOf } from "../../sdp/sections.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** ufrag and pwd have their length and consist of ice-chars. RFC 8839 §5.4. */
export const iceCharacters: Rule<"description"> = defineRule({
  code: "sdp/ice-characters",
  subject: "description",
  severity: "error",
  rfc: rfc(8839, "5.4", "MUST"),
  summary: {
    en: "ice-ufrag has 4 to 256 and ice-pwd 22 to 256 letters, digits, + or /.",
    ko: "ice-ufrag는 4~256자, ice-pwd는 22~256자이며 영문자, 숫자, +, /만 씁니다.",
  },
  check({ document, attributes, report }) {
    for (const section of sectionsOf(document)) {
      for (const [name, min] of limits) {
        for (const line of attributes(section, name)) {
          const value = attributeValue(line) ?? "";
          if (value.length < min || value.length > 256)
            report(partOf(line, value, name.length + 3), {
              en: `${name} has ${value.length} characters; ${min} to 256 are allowed.`,
              ko: `${name}이(가) ${value.length}자입니다. ${min}~256자여야 합니다.`,
            });
          else if (!/^[A-Za-z0-9+/]*$/.test(value))
            report(partOf(line, value, name.length + 3), {
              en: `${name} "${value}" has characters other than letters, digits, "+" and "/".`,
              ko: `${name} "${value}"에 영문자, 숫자, "+", "/"가 아닌 문자가 있습니다.`,
            });
        }
      }
    }
  },
});

const limits = [
  ["ice-ufrag", 4],
  ["ice-pwd", 22],
] as const;
