import { rfc } from "../../rfc.ts";
import { fixOf, replacement } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A session that is negotiated now has no times: `t=0 0`. RFC 9429 §5.2.1. */
export const timeLine: Rule<"description"> = defineRule({
  code: "sdp/time-line",
  subject: "description",
  severity: "info",
  rfc: rfc(9429, "5.2.1", "MUST"),
  summary: {
    en: "The time line of an offer or answer is t=0 0.",
    ko: "offer와 answer의 시간 줄은 t=0 0입니다.",
  },
  check({ document, lines, report }) {
    const [line] = lines(document.session, "t");
    if (!line || line.value === "0 0") return;
    report(
      line,
      {
        en: `"${line.source}" gives times; a description of a peer connection says t=0 0.`,
        ko: `"${line.source}"에 시간이 적혀 있습니다. PeerConnection의 description에는 t=0 0을 씁니다.`,
      },
      {
        fix: fixOf(
          { en: "Write t=0 0.", ko: "t=0 0으로 씁니다." },
          replacement(document, line, "t=0 0"),
        ),
      },
    );
  },
});
