import { findMunging } from "../../offer-answer/munging.ts";
import { rfc } from "../../rfc.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { MadeDescription } from "../session.ts";

/** What createOffer and createAnswer give is applied as it is. RFC 9429 §5.4. */
export const sessionMunging: Rule<"session"> = defineRule({
  code: "session/munging",
  subject: "session",
  severity: "warning",
  rfc: rfc(9429, "5.4", "MUST NOT"),
  summary: {
    en: "A created description is given to setLocalDescription unchanged.",
    ko: "만들어진 description은 바꾸지 않고 setLocalDescription에 넘깁니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const told = new Set<string>();
      const last = new Map<string, MadeDescription>();
      let next = 0;
      for (const { side, sdp, type, call, error, seq, t } of connection.applied) {
        if (side !== "local" || sdp === undefined || call.begin.seq !== seq) continue;
        while ((connection.made[next]?.seq ?? Number.POSITIVE_INFINITY) < seq) {
          const each = connection.made[next++];
          if (each) last.set(each.type, each);
        }
        const made = last.get(type === "pranswer" ? "answer" : type);
        if (!made || made.sdp === sdp) continue;
        const before = session.read(made.sdp).document;
        for (const each of findMunging(before, session.read(sdp).document)) {
          // The same change in every round is one habit.
          const key = `${each.kind} ${each.mid ?? each.index ?? ""}`;
          if (told.has(key) || told.size >= MOST_TOLD) continue;
          told.add(key);
          const refused = each.refusedBy.map((name) =>
            name === "chromium" ? "Chromium" : "Firefox",
          );
          report(connection, {
            events: [made.seq, seq],
            t,
            ...(error && { severity: "error" as const }),
            ...(error && each.refusedBy.length === 0 && { confidence: "likely" as const }),
            message: {
              en: `${connection.name} changed the ${type} between create${type === "offer" ? "Offer" : "Answer"} and setLocalDescription${each.mid === undefined ? "" : ` (mid ${each.mid})`}: ${each.message.en}${refused.length > 0 ? ` ${refused.join(" and ")} refuse${refused.length === 1 ? "s" : ""} that.` : ""}`,
              ko: `${connection.name}이(가) create${type === "offer" ? "Offer" : "Answer"}와 setLocalDescription 사이에서 ${type}을(를) 바꿨습니다${each.mid === undefined ? "" : `(mid ${each.mid})`}. ${each.message.ko}${refused.length > 0 ? ` ${refused.join(", ")}은(는) 이를 거부합니다.` : ""}`,
            },
            advice: each.instead,
            rfc: each.rfc,
          });
        }
      }
    }
  },
});

const MOST_TOLD = 20;
