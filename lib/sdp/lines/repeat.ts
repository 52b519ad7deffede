import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";
import { words } from "../fields.ts";

/** What an `r=` line says; times are as written: seconds, or a number with d, h, m or s. RFC 8866 §5.10. */
export interface Repeat {
  readonly interval: string;
  readonly duration: string;
  readonly offsets: readonly string[];
}

/** `r=`: how a session of the `t=` line before it is repeated. RFC 8866 §5.10. */
export const repeat: LineKind<Repeat, "interval" | "duration" | "offset"> = defineLine({
  type: "r",
  levels: ["session"],
  multiplicity: "many",
  rfc: rfc(8866, "5.10"),
  read: (scan) => ({
    interval: scan.word("interval"),
    duration: scan.word("duration"),
    offsets: words(scan, "offset"),
  }),
  print: ({ interval, duration, offsets }) => [interval, duration, ...offsets].join(" "),
  summary: ({ interval, duration, offsets }) => ({
    en: `The session is repeated every ${interval} for ${duration}, at the offsets ${offsets.join(", ")} (seconds, or d, h, m).`,
    ko: `세션을 ${interval}마다 ${duration} 동안 반복하며, 시작 간격은 ${offsets.join(", ")}입니다(단위가 없으면 초).`,
  }),
  parts: {
    interval: {
      name: { en: "repeat interval", ko: "반복 간격" },
      meaning: { en: "How often it is repeated.", ko: "반복하는 간격입니다." },
    },
    duration: {
      name: { en: "duration", ko: "지속 시간" },
      meaning: { en: "How long each time takes.", ko: "한 번에 지속되는 시간입니다." },
    },
    offset: {
      name: { en: "offset", ko: "시작 차이" },
      meaning: { en: "Counted from the start time of t=.", ko: "t=의 시작 시각에서 센 값입니다." },
    },
  },
});
