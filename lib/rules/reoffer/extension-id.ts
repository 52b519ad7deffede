import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** An extension id keeps its meaning for the whole session. RFC 8285 §7. */
export const reofferExtensionId: Rule<"reoffer"> = defineRule({
  code: "reoffer/extension-id",
  subject: "reoffer",
  severity: "error",
  rfc: rfc(8285, "7", "MUST NOT"),
  summary: {
    en: "An a=extmap id means the same extension for the whole session.",
    ko: "a=extmap ID의 의미는 세션 내내 바뀌지 않습니다.",
  },
  check({ pairs, report }) {
    for (const { previous, next } of pairs) {
      if (previous.port === 0 || next.isRejected || previous.mid !== next.mid) continue;
      for (const { id, uri, line } of next.extensions) {
        const before = previous.extensions.find((extension) => extension.id === id);
        if (!before || before.uri === uri) continue;
        report(
          partOf(line, String(id), 9),
          {
            en: `Id ${id} meant ${before.uri} and now means ${uri}. Firefox refuses that.`,
            ko: `ID ${id}은(는) ${before.uri}였는데 이제 ${uri}입니다. Firefox는 거부합니다.`,
          },
          {
            related: [
              {
                at: before.line,
                in: "previous",
                message: { en: "What it meant.", ko: "이전 의미입니다." },
              },
            ],
          },
        );
      }
    }
  },
});
