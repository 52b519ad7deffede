import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Group } from "../description.ts";
import { optionalWords } from "../fields.ts";

export const group: Attribute<Omit<Group, "line">, "semantics" | "mid"> = defineAttribute({
  name: "group",
  levels: ["session"],
  multiplicity: "many",
  mux: "NORMAL",
  rfc: rfc(5888, "5"),
  read: (scan) => ({ semantics: scan.word("semantics"), mids: optionalWords(scan, "mid") }),
  print: ({ semantics, mids }) => [semantics, ...mids].join(" "),
});
