import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=tool`: the software that wrote the description. RFC 8866 §6.3. */
export const tool: Attribute<string, "tool"> = defineAttribute({
  name: "tool",
  levels: ["session"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(8866, "6.3"),
  read: (scan) => scan.rest("tool"),
  print: (value) => value,
  summary: (value) => ({ en: `Made by ${value}.`, ko: `${value}에서 만든 description입니다.` }),
  parts: {
    tool: {
      name: { en: "tool", ko: "도구" },
      meaning: {
        en: "The software that wrote the description, for diagnosis only.",
        ko: "description을 만든 소프트웨어로, 진단에만 씁니다.",
      },
    },
  },
});
