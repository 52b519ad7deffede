import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=orient`: how a whiteboard or presentation is turned on the screen. RFC 8866 §6.8. */
export const orient: Attribute<string, "orientation"> = defineAttribute({
  name: "orient",
  levels: ["media"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(8866, "6.8"),
  read: (scan) => scan.oneOf(Object.keys(meanings), "orientation"),
  print: (value) => value,
  summary: (value) => meanings[value] as Message,
  parts: {
    orientation: {
      name: { en: "orientation", ko: "방향" },
      meaning: {
        en: "How a whiteboard or presentation is to be turned.",
        ko: "화이트보드나 발표 화면을 보여 줄 방향입니다.",
      },
    },
  },
});

const meanings: Readonly<Record<string, Message>> = {
  portrait: { en: "To be shown upright.", ko: "세로 방향으로 보여 줍니다." },
  landscape: { en: "To be shown lying on its side.", ko: "가로 방향으로 보여 줍니다." },
  seascape: {
    en: "To be shown lying on its other side (upside-down landscape).",
    ko: "위아래가 뒤집힌 가로 방향으로 보여 줍니다.",
  },
};
