import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=ice-pacing`: the shortest time between two connectivity checks, in milliseconds. RFC 8839 §5.5. */
export const icePacing: Attribute<number, "pacing"> = defineAttribute({
  name: "ice-pacing",
  levels: ["session"],
  multiplicity: "one",
  mux: "TRANSPORT",
  rfc: rfc(8839, "5.5"),
  read: (scan) => scan.integer("pacing"),
  print: (value) => `${value}`,
  summary: (value) => ({
    en: `This side wants at least ${value} milliseconds between two connectivity checks. The larger wish of the two sides counts; without the line it is 50.`,
    ko: `연결 검사를 최소 ${value}밀리초 간격으로 보내려 합니다. 양쪽 값 중 큰 쪽이 적용되며, 줄이 없으면 50입니다.`,
  }),
  parts: {
    pacing: {
      name: { en: "pacing", ko: "검사 간격" },
      meaning: { en: "In milliseconds.", ko: "밀리초 단위입니다." },
    },
  },
});
