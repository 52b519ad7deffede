import { rfc } from "../../rfc.ts";
import type { HeaderExtension } from "../../sdp/description.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Extension ids are 1–14, or up to 255 with two-byte headers, and stand once in a section. RFC 8285 §4.2, §4.3, §5. */
export const extensionId: Rule<"description"> = defineRule({
  code: "sdp/extension-id",
  subject: "description",
  severity: "error",
  rfc: rfc(8285, "5", "MUST"),
  summary: {
    en: "An a=extmap id is 1 to 14 (15 is reserved), 16 to 255 with two-byte headers, and stands once in a section.",
    ko: "a=extmap ID는 1~14(15는 예약)이고 2바이트 헤더에서는 16~255이며, 한 섹션에 한 번만 나옵니다.",
  },
  check({ description, report }) {
    for (const { extensions } of description.media) {
      const known = new Map<number, HeaderExtension>();
      for (const extension of extensions) {
        const { id, line } = extension;
        const place = partOf(line, String(id), 9);
        const other = known.get(id);
        if (id < 1 || id > 255) {
          // The range that asks the answerer to choose is told by a rule of its own.
          if (id < 4096 || id > 4351)
            report(place, {
              en: `Extension id ${id} is outside 1–255. Chromium and Firefox refuse it.`,
              ko: `확장 ID ${id}은(는) 1~255 범위를 벗어났습니다. Chromium과 Firefox는 거부합니다.`,
            });
        } else if (id === 15)
          report(
            place,
            {
              en: "Extension id 15 is reserved in one-byte headers. Firefox refuses it.",
              ko: "확장 ID 15는 1바이트 헤더에서 예약되어 있습니다. Firefox는 거부합니다.",
            },
            { rfc: rfc(8285, "4.2", "MUST NOT"), severity: "warning" },
          );
        else if (id > 15)
          report(
            place,
            {
              en: `Extension id ${id} needs two-byte headers. Firefox refuses ids above 14.`,
              ko: `확장 ID ${id}은(는) 2바이트 헤더가 필요합니다. Firefox는 14를 넘는 ID를 거부합니다.`,
            },
            { rfc: rfc(8285, "4.3"), severity: "warning" },
          );
        if (other)
          report(
            place,
            {
              en: `Extension id ${id} stands twice in this section: for ${other.uri} and for ${extension.uri}.`,
              ko: `이 섹션에 확장 ID ${id}이(가) ${other.uri}와(과) ${extension.uri}에 두 번 쓰였습니다.`,
            },
            {
              related: [
                { at: other.line, message: { en: "The first one.", ko: "첫 번째입니다." } },
              ],
            },
          );
        else known.set(id, extension);
      }
    }
  },
});
