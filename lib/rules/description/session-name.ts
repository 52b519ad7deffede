import { rfc } from "../../rfc.ts";
import { fixOf, replacement } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** `s=` is not empty: `s=-` or `s= ` where there is no name. RFC 8866 §5.3. */
export const sessionName: Rule<"description"> = defineRule({
  code: "sdp/session-name",
  subject: "description",
  severity: "error",
  rfc: rfc(8866, "5.3", "MUST"),
  summary: {
    en: "The session name is not empty; a session without a name writes s=-.",
    ko: "세션 이름은 비어 있을 수 없습니다. 이름이 없으면 s=-로 씁니다.",
  },
  check({ document, lines, report }) {
    const [line] = lines(document.session, "s");
    if (line?.value !== "") return;
    report(
      line,
      {
        en: "s= has no value. Chromium refuses the whole description; write s=- or s= with one space.",
        ko: "s=에 값이 없습니다. Chromium은 description 전체를 거부합니다. s=- 또는 s= 뒤에 공백 하나를 쓰십시오.",
      },
      { fix: fixOf({ en: "Write s=-.", ko: "s=-로 씁니다." }, replacement(document, line, "s=-")) },
    );
  },
});
