import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/**
 * `a=content`: what the media shows, for the layout at the receiver. RFC 4796 §5.
 *
 *     a=content:main,slides
 */
export const content: Attribute<readonly string[], "content"> = defineAttribute({
  name: "content",
  levels: ["media"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(4796, "5"),
  read(scan) {
    const values: string[] = [];
    do values.push(scan.until(COMMA, "content"));
    while (!scan.isBroken && scan.skip(COMMA));
    // One empty value says it all: a line of nothing but commas would have a million.
    if (scan.isBroken) scan.at = scan.end;
    return values;
  },
  print: (values) => values.join(","),
  summary: (values) => ({
    en: `The media of this section is meant as ${values.join(", ")}; a receiver may choose its place on the screen by it.`,
    ko: `이 섹션의 미디어 용도는 ${values.join(", ")}입니다. 받는 쪽은 이 값으로 화면 배치를 정할 수 있습니다.`,
  }),
  parts: {
    content: {
      name: { en: "content", ko: "내용" },
      meaning: (text) =>
        meanings.get(text) ?? {
          en: "A kind of content not known here.",
          ko: "여기서 알지 못하는 내용 종류입니다.",
        },
    },
  },
});

const meanings: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    main: { en: "The main stream, such as the speaker.", ko: "발표자 같은 주 스트림입니다." },
    alt: { en: "Another view beside the main one.", ko: "주 스트림과 다른 시점입니다." },
    slides: { en: "Slides or a shared screen.", ko: "슬라이드 또는 화면 공유입니다." },
    speaker: { en: "The speaker's picture.", ko: "발표자 화면입니다." },
    sl: { en: "Sign language.", ko: "수어입니다." },
  }),
);

const COMMA = 0x2c;
