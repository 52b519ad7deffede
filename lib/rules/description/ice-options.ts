import { rfc } from "../../rfc.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** An offer says `a=ice-options:trickle ice2`. RFC 9429 §5.2.1, RFC 8839 §4.2.1.5. */
export const iceOptions: Rule<"description"> = defineRule({
  code: "sdp/ice-options",
  subject: "description",
  severity: "info",
  rfc: rfc(9429, "5.2.1", "MUST"),
  summary: {
    en: "An offer says a=ice-options:trickle ice2.",
    ko: "offer에는 a=ice-options:trickle ice2를 적습니다.",
  },
  check({ description, type, report }) {
    if (type !== "offer") return;
    const options = new Set([
      ...description.iceOptions,
      ...description.media.flatMap(({ ice }) => ice.options),
    ]);
    const missing = ["trickle", "ice2"].filter((option) => !options.has(option));
    if (missing.length === 0 || description.media.length === 0) return;
    const [media] = description.media;
    report(media?.line, {
      en: `The offer does not say ${missing.join(" and ")} in a=ice-options. Most peers work all the same.`,
      ko: `offer의 a=ice-options에 ${missing.join(", ")}이(가) 없습니다. 대부분의 상대는 그래도 동작합니다.`,
    });
  },
});
