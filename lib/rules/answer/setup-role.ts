import { rfc } from "../../rfc.ts";
import type { Setup } from "../../sdp/description.ts";
import type { Line } from "../../sdp/document.ts";
import { fixOf, replacement } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** An answer says active or passive, whichever fits the offer. RFC 8842 §5.3, RFC 4145 §4.1. */
export const setupRole: Rule<"answer"> = defineRule({
  code: "answer/setup-role",
  subject: "answer",
  severity: "error",
  rfc: rfc(8842, "5.3", "MUST"),
  summary: {
    en: "An answer says a=setup:active or passive: active to a passive offer, passive to an active one.",
    ko: "answer에는 a=setup:active나 passive를 씁니다. passive인 offer에는 active, active인 offer에는 passive입니다.",
  },
  check({ answer: reading, pairs, report }) {
    const seen = new Set<Line>();
    for (const { offer, answer } of pairs) {
      if (answer.isRejected || offer.isRejected) continue;
      const { setup, setupLine } = answer.dtls;
      if (!setup || !setupLine || seen.has(setupLine)) continue;
      const allowed = roles[offer.dtls.setup ?? "actpass"];
      if (allowed.includes(setup)) continue;
      seen.add(setupLine);
      const [best = "active"] = allowed;
      report(
        partOf(setupLine, setup, 8),
        {
          en: `The answer says setup:${setup} to an offer with ${offer.dtls.setup ?? "no setup"}; only ${allowed.join(" or ")} fits. ${setup === "actpass" ? "An answer has to choose." : "Both sides would have the same DTLS role."}`,
          ko: `setup이 ${offer.dtls.setup ?? "없는"}인 offer에 setup:${setup}로 답했습니다. ${allowed.join(", ")}만 가능합니다. ${setup === "actpass" ? "answer에서는 하나를 골라야 합니다." : "양쪽의 DTLS 역할이 같아집니다."}`,
        },
        {
          related: [
            {
              at: offer.dtls.setupLine ?? offer.line,
              in: "offer",
              message: { en: "The offered role.", ko: "offer의 역할입니다." },
            },
          ],
          fix: fixOf(
            { en: `Write a=setup:${best}.`, ko: `a=setup:${best}로 씁니다.` },
            replacement(reading.document, setupLine, `a=setup:${best}`),
          ),
        },
      );
    }
  },
});

const roles: Readonly<Record<Setup, readonly Setup[]>> = {
  actpass: ["active", "passive"],
  active: ["passive"],
  passive: ["active"],
  holdconn: ["holdconn"],
};
