import { rfc } from "../../rfc.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";
import type { Origin } from "../description.ts";

type Part = "username" | "sessionId" | "sessionVersion" | "netType" | "addressType" | "address";

export const origin: LineKind<Omit<Origin, "line">, Part> = defineLine({
  type: "o",
  levels: ["session"],
  multiplicity: "one",
  rfc: rfc(8866, "5.2"),
  read: (scan) => ({
    username: scan.word("username"),
    sessionId: scan.word("sessionId"),
    sessionVersion: scan.word("sessionVersion"),
    netType: scan.word("netType"),
    addressType: scan.word("addressType"),
    address: scan.word("address"),
  }),
  print: ({ username, sessionId, sessionVersion, netType, addressType, address }) =>
    `${username} ${sessionId} ${sessionVersion} ${netType} ${addressType} ${address}`,
  summary: ({ username, sessionId, sessionVersion }) => ({
    en: `Session ${sessionId}, version ${sessionVersion}${username === "-" ? "" : `, made by ${username}`}. The version grows by one with each changed description of this side; the id stays.`,
    ko: `세션 ${sessionId}, 버전 ${sessionVersion}입니다${username === "-" ? "" : `(작성자 ${username})`}. description이 바뀔 때마다 버전이 1씩 늘고 id는 그대로입니다.`,
  }),
  parts: {
    username: {
      name: { en: "user name", ko: "사용자 이름" },
      meaning: {
        en: "- for none; some engines write their name here.",
        ko: "-는 없음을 뜻하며, 일부 구현은 자기 이름을 적습니다.",
      },
    },
    sessionId: {
      name: { en: "session id", ko: "세션 id" },
      meaning: {
        en: "A random 64-bit number that names this session; it never changes.",
        ko: "세션을 식별하는 64비트 난수로, 세션 내내 바뀌지 않습니다.",
      },
    },
    sessionVersion: {
      name: { en: "session version", ko: "세션 버전" },
      meaning: {
        en: "Grows by one whenever the description differs from the one before.",
        ko: "이전 description과 내용이 달라질 때마다 1씩 늘어납니다.",
      },
    },
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
        en: "Where the session was made. Browsers write 127.0.0.1 or 0.0.0.0 to give nothing away; nobody connects to it.",
        ko: "세션을 만든 곳의 주소입니다. 브라우저는 주소를 숨기려고 127.0.0.1이나 0.0.0.0을 적으며, 이 주소로 연결하지는 않습니다.",
      },
    },
  },
});
