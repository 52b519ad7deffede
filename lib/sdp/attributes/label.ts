import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=label`: a name of the section for documents outside SDP. RFC 4574 §4. */
export const label: Attribute<string, "label"> = defineAttribute({
  name: "label",
  levels: ["media"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(4574, "4"),
  read: (scan) => scan.word("label"),
  print: (value) => value,
  summary: (value) => ({
    en: `This section is labelled ${value}, so that a document outside SDP (a conference layout, say) can point to it.`,
    ko: `이 섹션의 label은 ${value}입니다. 회의 화면 구성처럼 SDP 밖의 문서가 이 섹션을 가리킬 때 씁니다.`,
  }),
  parts: {
    label: {
      name: { en: "label", ko: "label" },
      meaning: { en: "A token chosen by the application.", ko: "애플리케이션이 정한 토큰입니다." },
    },
  },
});
