import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

export const maxMessageSize: Attribute<number, "size"> = defineAttribute({
  name: "max-message-size",
  levels: ["media"],
  multiplicity: "one",
  mux: "CAUTION",
  rfc: rfc(8841, "6"),
  read: (scan) => scan.integer("size"),
  print: (value) => `${value}`,
  summary: (size) =>
    size === 0
      ? {
          en: "This side receives data channel messages of any size.",
          ko: "크기 제한 없이 데이터 채널 메시지를 받습니다.",
        }
      : {
          en: `This side receives data channel messages of at most ${size} bytes; send() of a longer one throws at the other side.`,
          ko: `데이터 채널 메시지를 최대 ${size}바이트까지 받습니다. 상대가 이보다 큰 메시지를 send()하면 예외가 발생합니다.`,
        },
  parts: {
    size: {
      name: { en: "size", ko: "크기" },
      meaning: {
        en: "In bytes. 0 means no limit; without the line it is 65536.",
        ko: "바이트 단위입니다. 0은 제한이 없다는 뜻이며, 줄이 없으면 65536입니다.",
      },
    },
  },
});
