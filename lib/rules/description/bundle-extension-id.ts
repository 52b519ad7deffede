import { rfc } from "../../rfc.ts";
import type { HeaderExtension } from "../../sdp/description.ts";
import { bundleGroups, isActive } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** In a bundle one extension id means one URI. RFC 9143 §12, RFC 8285 §7. */
export const bundleExtensionId: Rule<"description"> = defineRule({
  code: "sdp/bundle-extension-id",
  subject: "description",
  severity: "error",
  rfc: rfc(9143, "12", "MUST"),
  summary: {
    en: "Within a BUNDLE group one a=extmap id means the same URI everywhere.",
    ko: "한 BUNDLE 그룹 안에서 a=extmap ID 하나는 어디서나 같은 URI를 뜻해야 합니다.",
  },
  check({ description, byMid, report }) {
    for (const { media } of bundleGroups({ description, byMid })) {
      const known = new Map<number, HeaderExtension>();
      for (const section of media) {
        if (!isActive(section)) continue;
        for (const extension of section.extensions) {
          const other = known.get(extension.id);
          if (!other) known.set(extension.id, extension);
          else if (other.uri !== extension.uri)
            report(
              partOf(extension.line, String(extension.id), 9),
              {
                en: `Extension id ${extension.id} is ${extension.uri} here, but ${other.uri} in another section of the bundle. Chromium refuses the description.`,
                ko: `확장 ID ${extension.id}이(가) 여기서는 ${extension.uri}, 같은 BUNDLE의 다른 섹션에서는 ${other.uri}입니다. Chromium은 description을 거부합니다.`,
              },
              {
                related: [
                  { at: other.line, message: { en: "The other meaning.", ko: "다른 의미입니다." } },
                ],
              },
            );
        }
      }
    }
  },
});
