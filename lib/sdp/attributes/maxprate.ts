import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import { decimal } from "../fields.ts";

/** `a=maxprate`: the highest packet rate, exact as its text. RFC 3890 §6.3. */
export const maxprate: Attribute<string, "maxprate"> = defineAttribute({
  name: "maxprate",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(3890, "6.3"),
  read: (scan) => decimal(scan, "maxprate"),
  print: (value) => value,
  summary: (value) => ({
    en: `The sender sends at most ${value} packets a second; with b=TIAS the true bandwidth, headers included, follows from it.`,
    ko: `송신자는 초당 최대 ${value}개의 패킷을 보냅니다. b=TIAS와 함께 쓰면 헤더를 포함한 실제 대역폭을 계산할 수 있습니다.`,
  }),
  parts: {
    maxprate: {
      name: { en: "packet rate", ko: "패킷 속도" },
      meaning: { en: "In packets per second.", ko: "초당 패킷 수입니다." },
    },
  },
});
