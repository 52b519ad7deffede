import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Scanner } from "../scanner.ts";

/** What an `a=imageattr` line says: which picture sizes go with a payload type. RFC 6236 §3.1. */
export interface ImageAttributes {
  /** As written; `*` for all. */
  readonly payloadType: string;
  /** In the order of the line: each direction once. */
  readonly directions: readonly ImageDirection[];
}

/** The sizes of one direction. Each is `[x=…,y=…]` as written; `*` stands for any. */
export interface ImageDirection {
  readonly direction: "send" | "recv";
  readonly sizes: readonly string[];
}

type Part = "payloadType" | "direction" | "size";

/**
 * `a=imageattr`. RFC 6236 §3.1.
 *
 *     a=imageattr:97 send [x=800,y=640,q=0.6] [x=480,y=320] recv *
 */
export const imageattr: Attribute<ImageAttributes, Part> = defineAttribute({
  name: "imageattr",
  levels: ["media"],
  multiplicity: "per-key",
  mux: "IDENTICAL-PER-PT",
  rfc: rfc(6236, "3.1"),
  read(scan) {
    const payloadType = scan.word("payloadType");
    const directions: ImageDirection[] = [];
    do {
      const direction = scan.oneOf(imageDirections, "direction");
      if (scan.isBroken) break;
      directions.push({ direction, sizes: readSizes(scan) });
    } while (!scan.isBroken && !scan.isDone);
    return { payloadType, directions };
  },
  print: ({ payloadType, directions }) =>
    [payloadType, ...directions.flatMap(({ direction, sizes }) => [direction, ...sizes])].join(" "),
  summary({ payloadType, directions }) {
    const of = payloadType === "*" ? "" : ` ${payloadType}`;
    const en = directions.map(
      ({ direction, sizes }) =>
        `${direction === "send" ? "can send" : "wants to receive"} ${listed(sizes)}`,
    );
    const ko = directions.map(
      ({ direction, sizes }) =>
        `${direction === "send" ? "보낼 수 있는" : "받으려는"} 화면 크기는 ${sizes.includes("*") ? "제한 없음" : sizes.join(", ")}`,
    );
    return {
      en: `For ${of === "" ? "every payload type" : `payload type${of}`}, this side ${en.join(" and ")}.`,
      ko: `${of === "" ? "모든 payload type" : `payload type${of}`}에서 ${ko.join(", ")}입니다.`,
    };
  },
  parts: {
    payloadType: {
      name: { en: "payload type", ko: "payload type" },
      meaning: {
        en: "The codec to which the sizes belong; * stands for all.",
        ko: "이 크기가 적용되는 코덱이며, *는 전부를 뜻합니다.",
      },
    },
    direction: {
      name: { en: "direction", ko: "방향" },
      meaning: {
        en: "send: what this side sends; recv: what it wants to get.",
        ko: "send는 보내는 크기, recv는 받고 싶은 크기입니다.",
      },
    },
    size: {
      name: { en: "picture size", ko: "화면 크기" },
      meaning: {
        en: "x and y in pixels, one value, a list or a range; q is how much it is preferred.",
        ko: "x와 y는 픽셀이며 값, 목록, 범위로 적습니다. q는 선호도입니다.",
      },
    },
  },
});

const imageDirections = ["send", "recv"] as const;

/** `*`, or one or more sets in brackets. */
function readSizes(scan: Scanner<Part>): string[] {
  const sizes: string[] = [];
  do {
    const isSet = scan.next === OPEN_BRACKET || scan.next === ASTERISK;
    if (sizes.length > 0 && !isSet) break;
    scan.blank();
    const start = scan.at;
    const size = scan.word("size");
    if (size !== "*" && size !== "" && !(size.startsWith("[") && size.endsWith("]"))) {
      scan.malformed("size", start);
      break;
    }
    sizes.push(size);
  } while (scan.blank() && !scan.isDone);
  return sizes;
}

function listed(sizes: readonly string[]): string {
  return sizes.includes("*") ? "any size" : sizes.join(" or ");
}

const OPEN_BRACKET = 0x5b;
const ASTERISK = 0x2a;
