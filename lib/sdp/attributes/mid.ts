import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const mid: Attribute<string, "mid"> = defineAttribute({
  name: "mid",
  levels: ["media"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(5888, "4"),
  read: (scan) => scan.word("mid"),
  print: (value) => value,
  summary: (value) => ({
    en: `This section is called ${value}. BUNDLE groups, candidates and the mid header extension of RTP packets name it so; it stays the same for the whole session.`,
    ko: `이 섹션의 이름(mid)은 ${value}입니다. BUNDLE 그룹, candidate, RTP 패킷의 mid 헤더 확장이 이 이름으로 섹션을 가리키며, 세션 내내 바뀌지 않습니다.`,
  }),
  parts: {
    mid: {
      name: { en: "mid", ko: "mid" },
      meaning: {
        en: "The section's name, unique in the description. One to three characters keep RTP packets small.",
        ko: "description 안에서 유일한 섹션 이름입니다. 1~3자로 짧게 쓰면 RTP 패킷이 작아집니다.",
      },
    },
  },
});
