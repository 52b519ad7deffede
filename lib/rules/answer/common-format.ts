import { rfc } from "../../rfc.ts";
import type { MediaDescription } from "../../sdp/description.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** An accepted section has a format of the offer. RFC 3264 §6.1. */
export const commonFormat: Rule<"answer"> = defineRule({
  code: "answer/common-format",
  subject: "answer",
  severity: "error",
  rfc: rfc(3264, "6.1", "MUST"),
  summary: {
    en: "An accepted media section lists at least one codec that the offer lists; without one it is rejected by port 0.",
    ko: "수락한 미디어 섹션에는 offer에 있는 코덱이 하나 이상 있어야 합니다. 없으면 port 0으로 거절합니다.",
  },
  check({ pairs, report }) {
    for (const { offer, answer } of pairs) {
      if (answer.isRejected || !answer.isRtp || answer.codecs.length === 0) continue;
      const names = new Set(offer.codecs.map(({ name }) => name.toLowerCase()));
      if (answer.codecs.some(({ name }) => names.has(name.toLowerCase()) && isMedia(name)))
        continue;
      report(
        answer.line,
        {
          en: `Section ${answer.index} is accepted with ${list(answer)}, none of which was offered (${list(offer)}).`,
          ko: `섹션 ${answer.index}을(를) ${list(answer)}(으)로 수락했지만 offer(${list(offer)})에 없는 코덱입니다.`,
        },
        {
          related: [
            {
              at: offer.line,
              in: "offer",
              message: { en: "The offered formats.", ko: "offer의 포맷입니다." },
            },
          ],
        },
      );
    }
  },
});

const companions = new Set([
  "rtx",
  "red",
  "ulpfec",
  "flexfec",
  "flexfec-03",
  "cn",
  "telephone-event",
]);

function isMedia(name: string): boolean {
  return !companions.has(name.toLowerCase());
}

function list({ codecs }: MediaDescription): string {
  return [...new Set(codecs.map(({ name }) => name).filter(isMedia))].join(", ") || "–";
}
