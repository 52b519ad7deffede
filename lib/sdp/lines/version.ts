import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";

/** `v=`: the version of SDP. RFC 8866 §5.1. */
export const version: LineKind<string, "version"> = defineLine({
  type: "v",
  levels: ["session"],
  multiplicity: "one",
  rfc: rfc(8866, "5.1"),
  read: (scan) => scan.digits("version"),
  print: (value) => value,
  summary: (value) => ({
    en: `SDP version ${value}; there is no other than 0. It must be the first line.`,
    ko: `SDP 버전 ${value}입니다. 버전은 0뿐이며 반드시 첫 줄이어야 합니다.`,
  }),
  parts: {
    version: {
      name: { en: "version", ko: "버전" },
      meaning: { en: "Always 0.", ko: "항상 0입니다." },
    },
  },
});
