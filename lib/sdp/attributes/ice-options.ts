import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import { words } from "../fields.ts";

export const iceOptions: Attribute<readonly string[], "option"> = defineAttribute({
  name: "ice-options",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(8839, "5.6"),
  read: (scan) => words(scan, "option"),
  print: (options) => options.join(" "),
  // A line has a few options; of a hostile one not all are told.
  summary: (options) => ({
    en: `ICE options of this side: ${options
      .slice(0, 20)
      .map((option) => `${option} (${(known.get(option) ?? unknown).en})`)
      .join(", ")}.`,
    ko: `이쪽의 ICE 옵션입니다. ${options
      .slice(0, 20)
      .map((option) => `${option}: ${(known.get(option) ?? unknown).ko}`)
      .join(". ")}.`,
  }),
  parts: {
    option: {
      name: { en: "option", ko: "옵션" },
      meaning: (text) => sentence(known.get(text) ?? unknown),
    },
  },
});

const known: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    trickle: {
      en: "candidates may come later, one by one",
      ko: "candidate를 나중에 하나씩 보낼 수 있습니다",
    },
    ice2: {
      en: "this side follows RFC 8445 and does not use aggressive nomination",
      ko: "RFC 8445를 따르며 aggressive nomination을 쓰지 않습니다",
    },
    renomination: {
      en: "libwebrtc's way to change the selected pair later",
      ko: "선택된 pair를 나중에 바꾸는 libwebrtc 확장입니다",
    },
    "google-ice": {
      en: "the ICE dialect of browsers before 2014",
      ko: "2014년 이전 브라우저가 쓰던 ICE 방식입니다",
    },
    "rtp+ecn": {
      en: "ECN is tried out with STUN checks",
      ko: "STUN 검사로 ECN 사용 여부를 확인합니다",
    },
  }),
);

const unknown: Message = {
  en: "an option not known here; agents ignore what they do not know",
  ko: "여기서 알지 못하는 옵션이며, 모르는 옵션은 무시됩니다",
};

function sentence({ en, ko }: Message): Message {
  return { en: `${en.charAt(0).toUpperCase()}${en.slice(1)}.`, ko: `${ko}.` };
}
