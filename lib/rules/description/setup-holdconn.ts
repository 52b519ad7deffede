import { rfc } from "../../rfc.ts";
import type { Line } from "../../sdp/document.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** `holdconn` does not exist for DTLS. RFC 8842 §5.1. */
export const setupHoldconn: Rule<"description"> = defineRule({
  code: "sdp/setup-holdconn",
  subject: "description",
  severity: "error",
  rfc: rfc(8842, "5.1", "MUST NOT"),
  summary: {
    en: "a=setup is not holdconn where DTLS is used.",
    ko: "DTLS를 쓸 때 a=setup:holdconn은 쓸 수 없습니다.",
  },
  check({ description, report }) {
    const seen = new Set<Line>();
    for (const { dtls } of description.media) {
      const line = dtls.setupLine;
      if (dtls.setup !== "holdconn" || !line || seen.has(line)) continue;
      seen.add(line);
      report(partOf(line, "holdconn", 8), {
        en: "holdconn would leave the DTLS connection unmade. Firefox refuses it.",
        ko: "holdconn은 DTLS 연결을 만들지 않겠다는 뜻입니다. Firefox는 거부합니다.",
      });
    }
  },
});
