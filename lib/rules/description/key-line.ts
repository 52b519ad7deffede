import { rfc } from "../../rfc.ts";
import { sectionsOf } from "../../sdp/sections.ts";
import { removeLine } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** `k=` is obsolete and not used. RFC 8866 §5.12. */
export const keyLine: Rule<"description"> = defineRule({
  code: "sdp/key-line",
  subject: "description",
  severity: "warning",
  rfc: rfc(8866, "5.12", "MUST NOT"),
  summary: {
    en: "There is no k= line: it is obsolete, and its key would be readable by everybody on the way.",
    ko: "k= 줄은 쓰지 않습니다. 폐기된 줄이며, 적힌 키를 경로상의 누구나 읽을 수 있습니다.",
  },
  check({ document, lines, report }) {
    for (const section of sectionsOf(document)) {
      for (const line of lines(section, "k")) {
        report(
          line,
          {
            en: "k= is obsolete and is discarded by receivers.",
            ko: "k=는 폐기되었으며 받는 쪽에서 버립니다.",
          },
          { fix: removeLine(document, line) },
        );
      }
    }
  },
});
