import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";

/** What a `t=` line says: seconds since 1900-01-01, as text; 0 means open. RFC 8866 §5.9. */
export interface Timing {
  readonly start: string;
  readonly stop: string;
}

/** `t=`: when the session takes place. RFC 8866 §5.9. */
export const timing: LineKind<Timing, "start" | "stop"> = defineLine({
  type: "t",
  levels: ["session"],
  multiplicity: "many",
  rfc: rfc(8866, "5.9"),
  read: (scan) => ({ start: scan.digits("start"), stop: scan.digits("stop") }),
  print: ({ start, stop }) => `${start} ${stop}`,
  summary: ({ start, stop }) =>
    start === "0" && stop === "0"
      ? {
          en: "The session has no fixed time. WebRTC always writes 0 0.",
          ko: "세션 시간이 정해져 있지 않습니다. WebRTC에서는 항상 0 0입니다.",
        }
      : {
          en: `The session runs from ${start} to ${stop === "0" ? "an open end" : stop}, in seconds since 1900.`,
          ko: `세션은 ${start}부터 ${stop === "0" ? "종료 시각 없이" : `${stop}까지`} 진행됩니다(1900년부터 센 초).`,
        },
  parts: {
    start: {
      name: { en: "start time", ko: "시작 시각" },
      meaning: {
        en: "Seconds since 1900; 0 means always.",
        ko: "1900년부터 센 초이며, 0은 항상이라는 뜻입니다.",
      },
    },
    stop: {
      name: { en: "stop time", ko: "종료 시각" },
      meaning: {
        en: "Seconds since 1900; 0 means no end.",
        ko: "1900년부터 센 초이며, 0은 끝이 없다는 뜻입니다.",
      },
    },
  },
});
