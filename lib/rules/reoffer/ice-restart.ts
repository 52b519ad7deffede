import { rfc } from "../../rfc.ts";
import type { Line } from "../../sdp/document.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A restart changes ufrag and pwd together. RFC 8839 §4.4.1.1.1, RFC 8445 §9. */
export const iceRestart: Rule<"reoffer"> = defineRule({
  code: "reoffer/ice-restart",
  subject: "reoffer",
  severity: "error",
  rfc: rfc(8839, "4.4.1.1.1", "MUST"),
  summary: {
    en: "ice-ufrag and ice-pwd change together, which restarts ICE, or not at all.",
    ko: "ice-ufrag와 ice-pwd는 함께 바뀌거나(ICE 재시작) 둘 다 그대로여야 합니다.",
  },
  check({ pairs, report }) {
    const seen = new Set<Line>();
    for (const { previous, next } of pairs) {
      if (previous.port === 0 || next.port === 0 || previous.mid !== next.mid) continue;
      const before = previous.ice;
      const after = next.ice;
      if (before.ufrag === undefined || after.ufrag === undefined) continue;
      const newUfrag = before.ufrag !== after.ufrag;
      if (newUfrag === (before.pwd !== after.pwd)) continue;
      const line = newUfrag ? after.pwdLine : after.ufragLine;
      if (!line || seen.has(line)) continue;
      seen.add(line);
      const related = newUfrag ? before.pwdLine : before.ufragLine;
      report(
        line,
        newUfrag
          ? {
              en: `Section ${next.index} has a new ice-ufrag but the old ice-pwd: a restart changes both.`,
              ko: `섹션 ${next.index}의 ice-ufrag만 바뀌고 ice-pwd는 그대로입니다. 재시작하려면 둘 다 바꿔야 합니다.`,
            }
          : {
              en: `Section ${next.index} has a new ice-pwd but the old ice-ufrag: a restart changes both.`,
              ko: `섹션 ${next.index}의 ice-pwd만 바뀌고 ice-ufrag는 그대로입니다. 재시작하려면 둘 다 바꿔야 합니다.`,
            },
        related
          ? {
              related: [
                {
                  at: related,
                  in: "previous",
                  message: { en: "The same as before.", ko: "이전과 같은 줄입니다." },
                },
              ],
            }
          : {},
      );
    }
  },
});
