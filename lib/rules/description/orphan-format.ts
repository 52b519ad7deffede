import { rfc } from "../../rfc.ts";
import type { MediaDescription } from "../../sdp/description.ts";
import type { Line } from "../../sdp/document.ts";
import type { Message } from "../../text.ts";
import { removeLine } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** `a=rtpmap`, `a=fmtp` and `a=rtcp-fb` name a format of their section. RFC 8866 §6.6, §6.15; RFC 4585 §4.2. */
export const orphanFormat: Rule<"description"> = defineRule({
  code: "sdp/orphan-format",
  subject: "description",
  severity: "warning",
  rfc: rfc(8866, "6.15"),
  summary: {
    en: "Every a=rtpmap, a=fmtp and a=rtcp-fb line names a format of its m= line.",
    ko: "a=rtpmap, a=fmtp, a=rtcp-fb 줄은 자기 m= 줄에 있는 포맷을 가리켜야 합니다.",
  },
  check({ description, document, attributes, report }) {
    for (const media of description.media) {
      if (!media.isRtp) continue;
      // Where every such line belongs to a codec of the m= line, as almost always, there is nothing to look for.
      const owned = ownedLines(media);
      if (owned === names.reduce((sum, name) => sum + attributes(media.section, name).length, 0))
        continue;
      const formats = new Set(media.formats);
      for (const name of names) {
        for (const line of attributes(media.section, name)) {
          const format = formatOf(line.source, name);
          if (format === "" || format === "*" || formats.has(format)) continue;
          report(
            partOf(line, format, name.length + 3),
            {
              en: `a=${name} speaks of payload type ${format}, which the m= line does not list. ${name === "rtpmap" ? "It is ignored." : "Chromium refuses the whole description: “Failed to parse codecs correctly.”"}`,
              ko: `a=${name} 줄이 m= 줄에 없는 payload type ${format}을(를) 가리킵니다. ${name === "rtpmap" ? "무시됩니다." : "Chromium은 description 전체를 거부합니다(“Failed to parse codecs correctly.”)."}`,
            },
            { fix: removeLine(document, line), related: [mLine(media)] },
          );
        }
      }
    }
  },
});

const names = ["rtpmap", "fmtp", "rtcp-fb"] as const;

function ownedLines({ codecs }: MediaDescription): number {
  let count = 0;
  for (const { rtpmapLine, fmtpLines, feedbackLines } of codecs)
    count += fmtpLines.length + feedbackLines.length + (rtpmapLine ? 1 : 0);
  return count;
}

/** The first word of an attribute's value. */
function formatOf(source: string, name: string): string {
  const start = name.length + 3;
  const end = source.indexOf(" ", start);
  return end < 0 ? source.slice(start) : source.slice(start, end);
}

function mLine({ line, formats }: MediaDescription): { at: Line; message: Message } {
  const list = formats.join(" ");
  return {
    at: line,
    message: { en: `The m= line lists ${list}.`, ko: `m= 줄의 포맷은 ${list}입니다.` },
  };
}
