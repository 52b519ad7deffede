import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { SourceGroup } from "../description.ts";

export const ssrcGroup: Attribute<
  Omit<SourceGroup, "line">,
  "semantics" | "ssrc"
> = defineAttribute({
  name: "ssrc-group",
  levels: ["media"],
  multiplicity: "many",
  mux: "NORMAL",
  rfc: rfc(5576, "4.2"),
  read(scan) {
    const semantics = scan.word("semantics");
    const ssrcs: number[] = [];
    do ssrcs.push(scan.integer("ssrc", 0xffff_ffff));
    while (scan.blank() && !scan.isDone);
    return { semantics, ssrcs };
  },
  print: ({ semantics, ssrcs }) => [semantics, ...ssrcs].join(" "),
  summary({ semantics, ssrcs }) {
    const list = ssrcs.join(", ");
    const kind = kinds.get(semantics) ?? {
      en: `The RTP sources ${list} belong together`,
      ko: "서로 관련된 RTP 소스입니다",
    };
    return {
      en: `${kind.en} (${semantics}: ${list}).`,
      ko: `${kind.ko}(${semantics}: ${list}).`,
    };
  },
  parts: {
    semantics: {
      name: { en: "semantics", ko: "그룹 의미" },
      meaning: {
        en: "How the sources belong together: FID is a stream and its retransmission, SIM the layers of old simulcast, FEC-FR a stream and its repair.",
        ko: "소스 사이의 관계입니다. FID는 원본과 재전송, SIM은 옛 방식 simulcast의 계층, FEC-FR은 원본과 복구 스트림입니다.",
      },
    },
    ssrc: {
      name: { en: "SSRC", ko: "SSRC" },
      meaning: (text, { semantics, ssrcs }) =>
        semantics === "FID" && ssrcs.length === 2
          ? String(ssrcs[0]) === text
            ? { en: "The stream itself.", ko: "원본 스트림입니다." }
            : { en: "Its retransmissions (RTX).", ko: "재전송(RTX) 스트림입니다." }
          : {
              en: "A source with a=ssrc lines of its own.",
              ko: "별도의 a=ssrc 줄이 있는 소스입니다.",
            },
    },
  },
});

const kinds: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    FID: {
      en: "The second RTP source carries the retransmissions of the first",
      ko: "두 번째 RTP 소스가 첫 번째 소스의 재전송을 나릅니다",
    },
    SIM: {
      en: "The RTP sources are layers of one video, the smallest first (simulcast of old browsers)",
      ko: "한 영상의 여러 계층이며 작은 것부터 나옵니다(옛 브라우저의 simulcast)",
    },
    "FEC-FR": {
      en: "The second RTP source repairs losses of the first (FlexFEC)",
      ko: "두 번째 RTP 소스가 첫 번째 소스의 손실을 복구합니다(FlexFEC)",
    },
    FEC: {
      en: "The second RTP source repairs losses of the first",
      ko: "두 번째 RTP 소스가 첫 번째 소스의 손실을 복구합니다",
    },
  }),
);
