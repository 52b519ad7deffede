import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";

/** One entry of a `z=` line: from this time on, times are shifted by so much. As written. */
export interface TimeZoneAdjustment {
  readonly time: string;
  readonly offset: string;
}

/** `z=`: how repeated times move with daylight saving. RFC 8866 §5.11. */
export const timeZone: LineKind<readonly TimeZoneAdjustment[], "time" | "offset"> = defineLine({
  type: "z",
  levels: ["session"],
  multiplicity: "one",
  rfc: rfc(8866, "5.11"),
  read(scan) {
    const adjustments: TimeZoneAdjustment[] = [];
    do adjustments.push({ time: scan.digits("time"), offset: scan.word("offset") });
    while (!scan.isBroken && scan.blank() && !scan.isDone);
    return adjustments;
  },
  print: (adjustments) => adjustments.map(({ time, offset }) => `${time} ${offset}`).join(" "),
  summary: (adjustments) => ({
    en: `Repeated times are shifted: ${adjustments.map(({ time, offset }) => `by ${offset} from ${time} on`).join(", ")}.`,
    ko: `반복 시각을 조정합니다(${adjustments.map(({ time, offset }) => `${time}부터 ${offset}`).join(", ")}).`,
  }),
  parts: {
    time: {
      name: { en: "adjustment time", ko: "조정 시각" },
      meaning: { en: "In seconds since 1900.", ko: "1900년부터 센 초입니다." },
    },
    offset: {
      name: { en: "offset", ko: "차이" },
      meaning: {
        en: "By how much times are shifted: seconds, or a number with d, h, m or s.",
        ko: "시각을 옮기는 양입니다(초, 또는 d, h, m, s를 붙인 수).",
      },
    },
  },
});
