import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** An `a=ssrc` line: one attribute of one RTP source. RFC 5576 §4.1. */
export interface SourceAttribute {
  readonly ssrc: number;
  readonly name: string;
  readonly value?: string;
}

export const ssrc: Attribute<SourceAttribute, "ssrc" | "name" | "value"> = defineAttribute({
  name: "ssrc",
  levels: ["media"],
  multiplicity: "many",
  mux: "NORMAL",
  rfc: rfc(5576, "4.1"),
  read(scan) {
    const ssrc = scan.integer("ssrc", 0xffff_ffff);
    scan.blank();
    const name = scan.until(COLON, "name");
    return scan.skip(COLON) ? { ssrc, name, value: scan.remainder("value") } : { ssrc, name };
  },
  print: ({ ssrc, name, value }) => `${ssrc} ${name}${value === undefined ? "" : `:${value}`}`,
  summary({ ssrc: id, name, value }) {
    const text = value === undefined || value === "" ? name : `${name} ${value}`;
    return {
      en: `Of the RTP source ${id} of this section: ${text}. ${(names.get(name) ?? unknown).en}`,
      ko: `이 섹션의 RTP 소스 ${id}에 관한 정보입니다(${text}). ${(names.get(name) ?? unknown).ko}`,
    };
  },
  parts: {
    ssrc: {
      name: { en: "SSRC", ko: "SSRC" },
      meaning: {
        en: "The 32-bit number in the RTP packets of this source.",
        ko: "이 소스의 RTP 패킷에 실리는 32비트 번호입니다.",
      },
    },
    name: {
      name: { en: "attribute", ko: "속성" },
      meaning: (text) => names.get(text) ?? unknown,
    },
    value: {
      name: { en: "value", ko: "값" },
      meaning: (_text, { name }) => ({
        en: `The value of ${name}.`,
        ko: `${name}의 값입니다.`,
      }),
    },
  },
});

const COLON = 0x3a;

const names: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    cname: {
      en: "Sources with the same cname come from one endpoint and are played in synchrony.",
      ko: "cname이 같은 소스는 같은 단말에서 오며 서로 동기를 맞추어 재생됩니다.",
    },
    msid: {
      en: "It belongs to this MediaStream and track; a=msid of the section says the same today.",
      ko: "이 소스가 속한 MediaStream과 트랙입니다. 지금은 섹션의 a=msid가 같은 역할을 합니다.",
    },
    mslabel: {
      en: "The MediaStream's id as browsers wrote it before 2014.",
      ko: "2014년 이전 브라우저가 쓰던 MediaStream id입니다.",
    },
    label: {
      en: "The track's id as browsers wrote it before 2014.",
      ko: "2014년 이전 브라우저가 쓰던 트랙 id입니다.",
    },
    fmtp: {
      en: "Format parameters for this source alone.",
      ko: "이 소스에만 적용되는 format 매개변수입니다.",
    },
    "previous-ssrc": {
      en: "The source replaces these older ones.",
      ko: "이 소스가 대신하는 이전 SSRC입니다.",
    },
  }),
);

const unknown: Message = {
  en: "A source attribute not known here; receivers ignore it.",
  ko: "여기서 알지 못하는 소스 속성이며, 받는 쪽은 무시합니다.",
};
