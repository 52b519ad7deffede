import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Rid } from "../description.ts";

type Part = "id" | "direction" | "payloadType" | "restriction" | "value";

export const rid: Attribute<Omit<Rid, "line">, Part> = defineAttribute({
  name: "rid",
  levels: ["media"],
  multiplicity: "per-key",
  mux: "SPECIAL",
  rfc: rfc(8851, "4"),
  read(scan) {
    const id = scan.word("id");
    const direction = scan.oneOf(ridDirections, "direction");
    const payloadTypes: string[] = [];
    const restrictions: { name: string; value?: string }[] = [];
    scan.blank();
    while (!scan.isDone) {
      const name = scan.untilEither(EQUALS, SEMICOLON, "restriction");
      if (!scan.skip(EQUALS)) restrictions.push({ name });
      else if (name !== "pt") restrictions.push({ name, value: scan.until(SEMICOLON, "value") });
      else {
        do payloadTypes.push(scan.untilEither(COMMA, SEMICOLON, "payloadType"));
        while (scan.skip(COMMA));
      }
      if (scan.isBroken || !scan.skip(SEMICOLON)) break;
      scan.blank();
    }
    return { id, direction, payloadTypes, restrictions };
  },
  print({ id, direction, payloadTypes, restrictions }) {
    const parts = restrictions.map(({ name, value }) =>
      value === undefined ? name : `${name}=${value}`,
    );
    if (payloadTypes.length > 0) parts.unshift(`pt=${payloadTypes.join(",")}`);
    return parts.length === 0 ? `${id} ${direction}` : `${id} ${direction} ${parts.join(";")}`;
  },
  summary({ id, direction, payloadTypes, restrictions }) {
    const limits = restrictions.map(({ name, value }) =>
      value === undefined ? name : `${name} ${value}`,
    );
    if (payloadTypes.length > 0) limits.unshift(`payload types ${payloadTypes.join(", ")}`);
    const list = limits.join(", ");
    return direction === "send"
      ? {
          en: `This side can send an RTP stream called ${id}${list && `, restricted to ${list}`}.`,
          ko: `이쪽은 ${id}라는 이름의 RTP 스트림을 보낼 수 있습니다${list && `(제한: ${list})`}.`,
        }
      : {
          en: `This side can receive an RTP stream called ${id}${list && `, restricted to ${list}`}.`,
          ko: `이쪽은 ${id}라는 이름의 RTP 스트림을 받을 수 있습니다${list && `(제한: ${list})`}.`,
        };
  },
  parts: {
    id: {
      name: { en: "rid", ko: "rid" },
      meaning: {
        en: "The stream's name; its RTP packets carry it in a header extension, a=simulcast refers to it.",
        ko: "스트림 이름입니다. RTP 패킷의 헤더 확장에 실리며 a=simulcast가 이 이름을 가리킵니다.",
      },
    },
    direction: {
      name: { en: "direction", ko: "방향" },
      meaning: {
        en: "Who sends the stream: send is this side. The answer turns it round.",
        ko: "send면 이쪽이 보내는 스트림입니다. answer에서는 반대로 적습니다.",
      },
    },
    payloadType: {
      name: { en: "payload type", ko: "payload type" },
      meaning: {
        en: "The stream uses only these payload types of the section.",
        ko: "이 스트림은 섹션의 payload type 중 여기 적힌 것만 씁니다.",
      },
    },
    restriction: {
      name: { en: "restriction", ko: "제한" },
      meaning: (text) =>
        restrictionMeanings.get(text) ?? {
          en: "A restriction not known here.",
          ko: "여기서 알지 못하는 제한입니다.",
        },
    },
    value: {
      name: { en: "value", ko: "값" },
      meaning: { en: "The limit.", ko: "제한값입니다." },
    },
  },
});

const ridDirections = ["send", "recv"] as const;
const EQUALS = 0x3d;
const SEMICOLON = 0x3b;
const COMMA = 0x2c;

const restrictionMeanings: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    pt: { en: "Only these payload types.", ko: "이 payload type만 씁니다." },
    "max-width": { en: "At most so many pixels wide.", ko: "최대 가로 픽셀 수입니다." },
    "max-height": { en: "At most so many pixels high.", ko: "최대 세로 픽셀 수입니다." },
    "max-fps": { en: "At most so many frames a second.", ko: "초당 최대 프레임 수입니다." },
    "max-fs": { en: "At most so many pixels in a frame.", ko: "프레임당 최대 픽셀 수입니다." },
    "max-br": { en: "At most so many bits a second.", ko: "최대 비트레이트(bps)입니다." },
    "max-pps": { en: "At most so many pixels a second.", ko: "초당 최대 픽셀 수입니다." },
    "max-bpp": { en: "At most so many bits per pixel.", ko: "픽셀당 최대 비트 수입니다." },
    depend: {
      en: "It builds on these other streams.",
      ko: "이 스트림이 의존하는 다른 스트림입니다.",
    },
  }),
);
