import { rfc } from "../../rfc.ts";
import type { Rid } from "../../sdp/description.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** rids are unique, spelled from letters, digits, - and _, and limited to formats of their section. RFC 8851 §4, §10. */
export const ridLine: Rule<"description"> = defineRule({
  code: "sdp/rid-line",
  subject: "description",
  severity: "error",
  rfc: rfc(8851, "4", "MUST"),
  summary: {
    en: "The rids of a section are unique and consist of letters, digits, - and _; pt= lists formats of the section.",
    ko: "한 섹션의 rid는 서로 다르고 영문자, 숫자, -, _로 되어 있으며, pt=에는 그 섹션의 포맷만 적습니다.",
  },
  check({ description, report }) {
    for (const { rids, formats } of description.media) {
      const known = new Map<string, Rid>();
      for (const rid of rids) {
        const place = partOf(rid.line, rid.id, 6);
        const other = known.get(rid.id);
        if (!/^[A-Za-z0-9_-]+$/.test(rid.id))
          report(place, {
            en: `rid "${rid.id}" has characters other than letters, digits, "-" and "_".`,
            ko: `rid "${rid.id}"에 영문자, 숫자, "-", "_"가 아닌 문자가 있습니다.`,
          });
        else if (/[_-]/.test(rid.id))
          report(
            place,
            {
              en: `rid "${rid.id}" has "-" or "_", which the rid header extension (RFC 8852) does not allow. Firefox refuses the description.`,
              ko: `rid "${rid.id}"에 "-"나 "_"가 있습니다. rid 헤더 확장(RFC 8852)에서는 쓸 수 없으며 Firefox는 description을 거부합니다.`,
            },
            { severity: "warning", rfc: rfc(8852, "3") },
          );
        if (other)
          report(
            place,
            {
              en: `rid "${rid.id}" is declared twice. Chromium drops both.`,
              ko: `rid "${rid.id}"이(가) 두 번 선언되었습니다. Chromium은 둘 다 버립니다.`,
            },
            {
              related: [
                { at: other.line, message: { en: "The first one.", ko: "첫 번째입니다." } },
              ],
            },
          );
        else known.set(rid.id, rid);
        for (const format of rid.payloadTypes) {
          if (formats.includes(format)) continue;
          report(partOf(rid.line, format, rid.line.source.indexOf("pt=")), {
            en: `rid "${rid.id}" is limited to payload type ${format}, which this section does not list.`,
            ko: `rid "${rid.id}"이(가) 이 섹션에 없는 payload type ${format}으로 제한되어 있습니다.`,
          });
        }
      }
    }
  },
});
