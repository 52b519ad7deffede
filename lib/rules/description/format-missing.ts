import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** An `m=` line lists at least one format, a rejected one too. RFC 8866 §5.14, RFC 3264 §6. */
export const formatMissing: Rule<"description"> = defineRule({
  code: "sdp/format-missing",
  subject: "description",
  severity: "error",
  rfc: rfc(3264, "6", "MUST"),
  summary: {
    en: "Every m= line lists at least one format, also that of a rejected section.",
    ko: "모든 m= 줄에는 포맷이 하나 이상 있어야 합니다. 거절된 섹션도 마찬가지입니다.",
  },
  check({ description, report }) {
    for (const media of description.media) {
      if (media.formats.some((format) => format !== "")) continue;
      report(media.line, {
        en: `The m= line of section ${media.index} lists no format. A rejected section keeps one format and has port 0.`,
        ko: `섹션 ${media.index}의 m= 줄에 포맷이 없습니다. 거절된 섹션도 port 0과 함께 포맷 하나를 남겨야 합니다.`,
      });
    }
  },
});
