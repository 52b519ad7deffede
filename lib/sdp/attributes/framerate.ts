import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import { decimal } from "../fields.ts";

/** `a=framerate`: the highest frame rate of the video, exact as its text. RFC 8866 §6.13. */
export const framerate: Attribute<string, "framerate"> = defineAttribute({
  name: "framerate",
  levels: ["media"],
  multiplicity: "one",
  mux: "IDENTICAL-PER-PT",
  rfc: rfc(8866, "6.13"),
  read: (scan) => decimal(scan, "framerate"),
  print: (value) => value,
  summary: (value) => ({
    en: `The video has at most ${value} frames a second.`,
    ko: `영상은 초당 최대 ${value}프레임입니다.`,
  }),
  parts: {
    framerate: {
      name: { en: "frame rate", ko: "프레임 속도" },
      meaning: {
        en: "In frames per second; fractions are allowed.",
        ko: "초당 프레임 수이며 소수도 쓸 수 있습니다.",
      },
    },
  },
});
