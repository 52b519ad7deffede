import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** The lines of an SSRC carry its cname. RFC 5576 §4.1, §6.1. */
export const sourceName: Rule<"description"> = defineRule({
  code: "sdp/source-name",
  subject: "description",
  severity: "warning",
  rfc: rfc(5576, "6.1", "MUST"),
  summary: {
    en: "Every SSRC with a=ssrc lines has one of them with its cname.",
    ko: "a=ssrc 줄이 있는 SSRC마다 cname을 적은 줄이 있어야 합니다.",
  },
  check({ description, report }) {
    for (const { sources, sourceGroups } of description.media) {
      // The members of one group belong to one track and may share the name of the first.
      const grouped = new Set(sourceGroups.flatMap(({ ssrcs }) => ssrcs.slice(1)));
      for (const { ssrc, lines, attributes } of sources) {
        const names = new Set(
          attributes.filter(({ name }) => name === "cname").map(({ value }) => value),
        );
        const [line] = lines;
        if (names.size === 0 && !grouped.has(ssrc))
          report(line, {
            en: `SSRC ${ssrc} has no cname, so its audio and video cannot be synchronised.`,
            ko: `SSRC ${ssrc}에 cname이 없어 오디오와 비디오를 동기화할 수 없습니다.`,
          });
        else if (names.size > 1)
          report(line, {
            en: `SSRC ${ssrc} has ${names.size} different cnames.`,
            ko: `SSRC ${ssrc}에 서로 다른 cname이 ${names.size}개 있습니다.`,
          });
      }
    }
  },
});
