import { rfc } from "../../rfc.ts";
import type { Line } from "../../sdp/document.ts";
import { fixOf, replacement } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** An answer repeats the `t=` line of its offer. RFC 3264 §6. */
export const sessionLines: Rule<"answer"> = defineRule({
  code: "answer/session-lines",
  subject: "answer",
  severity: "warning",
  rfc: rfc(3264, "6", "MUST"),
  summary: {
    en: "The t= line of the answer equals that of the offer.",
    ko: "answer의 t= 줄은 offer와 같아야 합니다.",
  },
  check({ offer, answer, report }) {
    const lineOf = ({ document }: typeof offer): Line | undefined =>
      document.session.lines.find(({ type }) => type === "t");
    const offered = lineOf(offer);
    const answered = lineOf(answer);
    if (!offered || !answered || offered.value === answered.value) return;
    report(
      answered,
      {
        en: `The answer says "${answered.source}", the offer "${offered.source}".`,
        ko: `answer는 "${answered.source}", offer는 "${offered.source}"입니다.`,
      },
      {
        related: [
          {
            at: offered,
            in: "offer",
            message: { en: "The offered time.", ko: "offer의 시간입니다." },
          },
        ],
        fix: fixOf(
          { en: `Write ${offered.source}.`, ko: `${offered.source}(으)로 씁니다.` },
          replacement(answer.document, answered, offered.source),
        ),
      },
    );
  },
});
