import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** A later offer keeps to the header extensions that were negotiated. RFC 9429 §5.2.2. */
export const extensionSet: Rule<"reoffer"> = defineRule({
  code: "reoffer/extension-set",
  subject: "reoffer",
  severity: "info",
  rfc: rfc(9429, "5.2.2"),
  summary: {
    en: "A later offer lists only header extensions that were there before in the same section.",
    ko: "나중 offer에는 같은 섹션에 이미 있던 헤더 확장만 적습니다.",
  },
  check({ pairs, report }) {
    for (const { previous, next } of pairs) {
      if (
        previous.port === 0 ||
        next.isRejected ||
        previous.mid !== next.mid ||
        previous.extensions.length === 0
      )
        continue;
      const known = new Set(previous.extensions.map(({ uri }) => uri));
      for (const { uri, line } of next.extensions) {
        if (known.has(uri)) continue;
        report(
          line,
          {
            en: `Extension ${uri} is new in section ${next.index}.`,
            ko: `섹션 ${next.index}에 확장 ${uri}이(가) 새로 나왔습니다.`,
          },
          {
            related: [
              {
                at: previous.line,
                in: "previous",
                message: { en: "The section before.", ko: "이전 섹션입니다." },
              },
            ],
          },
        );
      }
    }
  },
});
