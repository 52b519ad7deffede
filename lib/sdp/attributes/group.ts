import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
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
  summary: ({ semantics, mids }) => {
    const list = mids.join(", ");
    if (mids.length === 0) {
      return {
        en: `A ${semantics} group without members: no section is grouped.`,
        ko: `구성원이 없는 ${semantics} 그룹입니다. 묶인 섹션이 없습니다.`,
      };
    }
    if (semantics === "BUNDLE") {
      return {
        en: `The sections ${list} share one transport: one ICE connection, one DTLS handshake. The transport of ${mids[0]} counts for all of them.`,
        ko: `섹션 ${list}의 미디어가 ICE 연결과 DTLS 핸드셰이크를 하나로 함께 씁니다. 맨 앞에 있는 ${mids[0]}의 전송 정보가 모두에 적용됩니다.`,
      };
    }
    const kind = kinds.get(semantics) ?? {
      en: "belong together",
      ko: "서로 관련되어 있습니다",
    };
    return {
      en: `The sections ${list} ${kind.en} (${semantics}).`,
      ko: `섹션 ${list}: ${kind.ko}(${semantics}).`,
    };
  },
  parts: {
    semantics: {
      name: { en: "semantics", ko: "그룹 의미" },
      meaning: {
        en: "What the group is for: BUNDLE (one transport), LS (lip synchronisation), FID (one flow, several formats) and others.",
        ko: "그룹의 용도입니다. BUNDLE(전송 공유), LS(입술 동기화), FID(한 흐름의 여러 형식) 등이 있습니다.",
      },
    },
    mid: {
      name: { en: "mid", ko: "mid" },
      meaning: (text, { semantics, mids }) =>
        semantics === "BUNDLE" && mids[0] === text
          ? {
              en: `The section ${text}, the first of the group: its transport is the one that is used (the tagged section).`,
              ko: `그룹의 첫 섹션인 ${text}입니다. 실제로 이 섹션의 전송 정보를 사용합니다(tagged section).`,
            }
          : { en: `The section whose a=mid is ${text}.`, ko: `a=mid가 ${text}인 섹션입니다.` },
    },
  },
});

const kinds: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    LS: { en: "are to be played in lip synchronisation", ko: "입술 동기를 맞추어 재생합니다" },
    FID: {
      en: "carry one media flow in several formats",
      ko: "하나의 미디어 흐름을 여러 형식으로 나릅니다",
    },
    "FEC-FR": { en: "are a stream and its repair", ko: "원본 스트림과 그 복구 스트림입니다" },
  }),
);
