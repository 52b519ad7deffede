import { rfc } from "../../rfc.ts";
import type { MediaCodec } from "../../sdp/description.ts";
import type { Rule } from "../rule.ts";
import { defineRule, partOf } from "../rule.ts";

/** A clock rate of audio has its telephone-event, whose events are listed. RFC 4733 §2.4.1, §2.5; RFC 9429 §5.2.1. */
export const telephoneEvent: Rule<"description"> = defineRule({
  code: "sdp/telephone-event",
  subject: "description",
  severity: "warning",
  rfc: rfc(4733, "2.4.1"),
  summary: {
    en: "The events of telephone-event are numbers and ranges between 0 and 255.",
    ko: "telephone-event의 이벤트는 0~255의 숫자와 범위로 적습니다.",
  },
  check({ description, report }) {
    for (const { codecs } of description.media) {
      const rates = new Map<number, MediaCodec>();
      for (const codec of codecs) {
        if (codec.name.toLowerCase() !== "telephone-event") continue;
        const [line] = codec.fmtpLines;
        if (line && codec.fmtp !== undefined && !isEventList(codec.fmtp))
          report(partOf(line, codec.fmtp, 7), {
            en: `"${codec.fmtp}" is no list of events such as 0-15 or 0-11,32.`,
            ko: `"${codec.fmtp}"은(는) 0-15나 0-11,32와 같은 이벤트 목록이 아닙니다.`,
          });
        const other = rates.get(codec.clockRate);
        if (other && codec.rtpmapLine)
          report(codec.rtpmapLine, {
            en: `telephone-event at ${codec.clockRate} Hz has two payload types, ${other.format} and ${codec.format}.`,
            ko: `${codec.clockRate}Hz의 telephone-event에 payload type이 둘(${other.format}, ${codec.format}) 있습니다.`,
          });
        if (!other) rates.set(codec.clockRate, codec);
      }
    }
  },
});

function isEventList(text: string): boolean {
  return text.split(",").every((part) => {
    const [from = "", to = from, ...more] = part.trim().split("-");
    const isEvent = (event: string): boolean => /^[0-9]{1,3}$/.test(event) && Number(event) < 256;
    return more.length === 0 && isEvent(from) && isEvent(to) && Number(from) <= Number(to);
  });
}
