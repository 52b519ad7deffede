import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";
import type { Connection } from "../description.ts";

export const connection: LineKind<
  Omit<Connection, "line">,
  "netType" | "addressType" | "address"
> = defineLine({
  type: "c",
  levels: ["session", "media"],
  multiplicity: "many",
  rfc: rfc(8866, "5.7"),
  read: (scan) => ({
    netType: scan.word("netType"),
    addressType: scan.word("addressType"),
    address: scan.word("address"),
  }),
  print: ({ netType, addressType, address }) => `${netType} ${addressType} ${address}`,
  summary: ({ address }) =>
    placeholders.has(address)
      ? {
          en: `The default address is the placeholder ${address}: the real ones stand in the candidates.`,
          ko: `기본 주소는 자리만 채우는 ${address}이며, 실제 주소는 candidate에 있습니다.`,
        }
      : {
          en: `The default address for media is ${address}. An endpoint with ICE uses the candidates instead.`,
          ko: `미디어의 기본 주소는 ${address}입니다. ICE를 쓰는 단말은 candidate를 대신 사용합니다.`,
        },
  parts: {
    netType: {
      name: { en: "network type", ko: "네트워크 종류" },
      meaning: { en: "IN: the Internet.", ko: "IN은 인터넷입니다." },
    },
    addressType: {
      name: { en: "address type", ko: "주소 종류" },
      meaning: { en: "IP4 or IP6.", ko: "IP4 또는 IP6입니다." },
    },
    address: {
      name: { en: "address", ko: "주소" },
      meaning: {
        en: "Where media goes without ICE. 0.0.0.0 with port 9 says: see the candidates.",
        ko: "ICE를 쓰지 않을 때 미디어를 보낼 주소입니다. 0.0.0.0과 포트 9는 candidate를 보라는 뜻입니다.",
      },
    },
  },
});

const placeholders: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);
