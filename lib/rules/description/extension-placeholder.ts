import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Ids from 4096 to 4351 ask the answerer to choose one. RFC 8285 §7. */
export const extensionPlaceholder: Rule<"description"> = defineRule({
  code: "sdp/extension-placeholder",
  subject: "description",
  severity: "info",
  rfc: rfc(8285, "7"),
  summary: {
    en: "a=extmap ids from 4096 to 4351 are placeholders: the answerer chooses ids for what it wants.",
    ko: "a=extmap ID 4096~4351은 자리표시이며, answer를 보내는 쪽이 필요한 확장의 ID를 고릅니다.",
  },
  check({ description, report }) {
    for (const { extensions } of description.media) {
      for (const { id, line } of extensions) {
        if (id < 4096 || id > 4351) continue;
        report(partOf(line, String(id), 9), {
          en: `Id ${id} asks the answerer to choose an id. Chromium and Firefox do not know that and refuse it.`,
          ko: `ID ${id}은(는) answer를 보내는 쪽에 ID 선택을 맡기는 값입니다. Chromium과 Firefox는 이를 모르고 거부합니다.`,
        });
      }
    }
  },
});
