import { formatParameter } from "../../codec/format-parameters.ts";
import { rfc } from "../../rfc.ts";
import type { MediaCodec } from "../../sdp/description.ts";
import { isActive } from "../bundle.ts";
import { fixOf, removal, replacement } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** Every rtx format names the codec it repeats: `apt`, in the section, at the same clock rate, once. RFC 4588 §8.1. */
export const rtxAssociation: Rule<"description"> = defineRule({
  code: "sdp/rtx-association",
  subject: "description",
  severity: "error",
  rfc: rfc(4588, "8.1", "MUST"),
  summary: {
    en: "Every rtx format has apt, which names a format of its section with the same clock rate, and no two rtx formats repeat the same one.",
    ko: "모든 rtx 포맷에는 apt가 있어야 하고, apt는 같은 섹션에서 clock rate가 같은 포맷을 가리키며, 같은 포맷을 가리키는 rtx가 둘 있을 수 없습니다.",
  },
  check({ description, document, report }) {
    for (const media of description.media) {
      if (!isActive(media)) continue;
      const owners = new Map<string, MediaCodec>();
      for (const codec of media.codecs) {
        if (codec.name.toLowerCase() !== "rtx") continue;
        const line = codec.fmtpLines[0] ?? codec.rtpmapLine ?? media.line;
        const apt = aptOf(codec.fmtp);
        if (apt === undefined || apt === "") {
          report(line, {
            en: `rtx payload type ${codec.format} has no apt: it is unknown what it repeats. Chromium refuses it in a video section.`,
            ko: `rtx payload type ${codec.format}에 apt가 없어 무엇을 재전송하는지 알 수 없습니다. Chromium은 비디오 섹션에서 이를 거부합니다.`,
          });
          continue;
        }
        const target = media.codecs.find(({ format }) => format === apt);
        const place = partOf(line, apt, line.source.indexOf("apt="));
        if (!target) {
          const doomed = [
            ...codec.fmtpLines,
            ...codec.feedbackLines,
            ...(codec.rtpmapLine ? [codec.rtpmapLine] : []),
          ];
          const formats = media.formats.filter((format) => format !== codec.format);
          const head = media.line.source.slice(
            0,
            media.line.source.indexOf(media.protocol) + media.protocol.length,
          );
          report(
            place,
            {
              en: `rtx payload type ${codec.format} repeats payload type ${apt}, which this section does not have. Chromium answers “Failed to set remote video description send parameters”.`,
              ko: `rtx payload type ${codec.format}이(가) 이 섹션에 없는 payload type ${apt}을(를) 가리킵니다. Chromium은 “Failed to set remote video description send parameters” 오류를 냅니다.`,
            },
            formats.length === 0
              ? {}
              : {
                  fix: fixOf(
                    {
                      en: `Remove rtx payload type ${codec.format}.`,
                      ko: `rtx payload type ${codec.format}을(를) 지웁니다.`,
                    },
                    replacement(document, media.line, [head, ...formats].join(" ")),
                    ...doomed.map((each) => removal(document, each)),
                  ),
                },
          );
        } else if (target.clockRate !== codec.clockRate)
          report(
            place,
            {
              en: `rtx payload type ${codec.format} runs at ${codec.clockRate} Hz, the ${target.name} it repeats at ${target.clockRate} Hz.`,
              ko: `rtx payload type ${codec.format}은(는) ${codec.clockRate}Hz인데, 재전송할 ${target.name}은(는) ${target.clockRate}Hz입니다.`,
            },
            target.rtpmapLine
              ? {
                  related: [
                    {
                      at: target.rtpmapLine,
                      message: { en: "The codec.", ko: "해당 코덱입니다." },
                    },
                  ],
                }
              : {},
          );
        else if (owners.has(apt))
          report(
            place,
            {
              en: `Payload type ${apt} is repeated by two rtx formats, ${owners.get(apt)?.format} and ${codec.format}.`,
              ko: `payload type ${apt}을(를) rtx 포맷 둘(${owners.get(apt)?.format}, ${codec.format})이 가리킵니다.`,
            },
            { severity: "warning" },
          );
        if (!owners.has(apt)) owners.set(apt, codec);
      }
    }
  },
});

/** The associated payload type; most rtx formats say nothing else. */
function aptOf(fmtp: string | undefined): string | undefined {
  if (fmtp?.startsWith("apt=") && !fmtp.includes(";")) return fmtp.slice("apt=".length).trim();
  return formatParameter(fmtp, "apt");
}
