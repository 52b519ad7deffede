import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import { decimal } from "../fields.ts";

/** `a=maxptime`: how much media a packet may hold at most, in milliseconds, exact as its text. RFC 8866 §6.5. */
export const maxptime: Attribute<string, "maxptime"> = defineAttribute({
  name: "maxptime",
  levels: ["media"],
  multiplicity: "one",
  mux: "IDENTICAL-PER-PT",
  rfc: rfc(8866, "6.5"),
  read: (scan) => decimal(scan, "maxptime"),
  print: (value) => value,
  summary: (value) => ({
    en: `No packet may hold more than ${value} milliseconds of media.`,
    ko: `패킷 하나에 미디어를 ${value}밀리초 넘게 담으면 안 됩니다.`,
  }),
  parts: {
    maxptime: {
      name: { en: "longest packet time", ko: "최대 패킷 시간" },
      meaning: {
        en: "In milliseconds, above 0; browsers write 60 or 120.",
        ko: "밀리초 단위이며 0보다 커야 합니다. 브라우저는 60이나 120을 씁니다.",
      },
    },
  },
});
