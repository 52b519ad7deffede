import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** `a=msid` names a stream and one track for the section. RFC 8830 §2. */
export const msidLine: Rule<"description"> = defineRule({
  code: "sdp/msid-line",
  subject: "description",
  severity: "warning",
  rfc: rfc(8830, "2", "MUST"),
  summary: {
    en: "The ids in a=msid have 1 to 64 characters, and all a=msid lines of a section name the same track.",
    ko: "a=msid의 ID는 1~64자이고, 한 섹션의 모든 a=msid 줄은 같은 트랙을 가리켜야 합니다.",
  },
  check({ description, report }) {
    for (const { msids } of description.media) {
      const [first] = msids;
      for (const { line, stream, track } of msids) {
        for (const id of [stream, track]) {
          if (id === undefined || id.length <= 64) continue;
          report(partOf(line, id, 7), {
            en: `The id "${id}" has ${id.length} characters; 64 are allowed.`,
            ko: `ID "${id}"은(는) ${id.length}자입니다. 64자까지 쓸 수 있습니다.`,
          });
        }
        if (!first || track === first.track) continue;
        report(
          line,
          {
            en: `This section belongs to track "${first.track ?? ""}", but this line says "${track ?? ""}". Chromium refuses two track ids.`,
            ko: `이 섹션은 트랙 "${first.track ?? ""}"의 것인데 이 줄에는 "${track ?? ""}"이(가) 적혀 있습니다. Chromium은 트랙 ID가 둘이면 거부합니다.`,
          },
          {
            related: [
              { at: first.line, message: { en: "The first one.", ko: "첫 번째 줄입니다." } },
            ],
          },
        );
      }
    }
  },
});
