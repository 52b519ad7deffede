import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import { decimal } from "../fields.ts";

/** `a=ptime`: how much audio a packet should hold, in milliseconds, exact as its text. RFC 8866 §6.4. */
export const ptime: Attribute<string, "ptime"> = defineAttribute({
  name: "ptime",
  levels: ["media"],
  multiplicity: "one",
  mux: "IDENTICAL-PER-PT",
  rfc: rfc(8866, "6.4"),
  read: (scan) => decimal(scan, "ptime"),
  print: (value) => value,
  summary: (value) => ({
    en: `This side would like packets that hold ${value} milliseconds of audio each. It is a wish, not a limit.`,
    ko: `패킷 하나에 오디오 ${value}밀리초씩 담아 보내 주기를 원합니다. 희망일 뿐 제한은 아닙니다.`,
  }),
  parts: {
    ptime: {
      name: { en: "packet time", ko: "패킷 시간" },
      meaning: {
        en: "In milliseconds, above 0; 20 is usual. Shorter means less delay and more overhead.",
        ko: "밀리초 단위이며 0보다 커야 하고 보통 20입니다. 짧을수록 지연은 줄고 오버헤드는 늘어납니다.",
      },
    },
  },
});
