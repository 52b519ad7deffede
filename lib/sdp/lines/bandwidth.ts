import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { LineKind } from "../attribute.ts";
import { defineLine } from "../attribute.ts";
import type { Bandwidth } from "../description.ts";

export const bandwidth: LineKind<Omit<Bandwidth, "line">, "type" | "value"> = defineLine({
  type: "b",
  levels: ["session", "media"],
  multiplicity: "many",
  rfc: rfc(8866, "5.8"),
  read(scan) {
    const type = scan.until(COLON, "type");
    scan.skip(COLON);
    return { type, value: scan.integer("value") };
  },
  print: ({ type, value }) => `${type}:${value}`,
  summary({ type, value }) {
    const kind = kinds.get(type);
    return kind === undefined
      ? {
          en: `A bandwidth of the unknown type ${type}: ${value}. Receivers ignore it.`,
          ko: `알 수 없는 대역폭 형식 ${type}(${value})입니다. 받는 쪽은 무시합니다.`,
        }
      : { en: kind.en.replace("#", `${value}`), ko: kind.ko.replace("#", `${value}`) };
  },
  parts: {
    type: {
      name: { en: "bandwidth type", ko: "대역폭 형식" },
      meaning: {
        en: "AS counts kilobits with IP, UDP and RTP headers, TIAS bits without them; RS and RR limit RTCP.",
        ko: "AS는 IP·UDP·RTP 헤더를 포함한 kbps, TIAS는 헤더를 뺀 bps이며, RS와 RR은 RTCP를 제한합니다.",
      },
    },
    value: {
      name: { en: "bandwidth", ko: "대역폭" },
      meaning: (_text, { type }) => ({
        en: `In ${units.get(type) ?? "kilobits"} per second.`,
        ko: `단위는 초당 ${units.get(type) === "bits" ? "비트(bps)" : "킬로비트(kbps)"}입니다.`,
      }),
    },
  },
});

const COLON = 0x3a;

const kinds: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    AS: {
      en: "The other side should send at most # kilobits per second here, headers included.",
      ko: "상대는 여기로 헤더를 포함해 최대 # kbps까지 보내야 합니다.",
    },
    TIAS: {
      en: "The other side should send at most # bits per second here, headers not counted.",
      ko: "상대는 여기로 헤더를 제외하고 최대 # bps까지 보내야 합니다.",
    },
    CT: {
      en: "All media of the session together use at most # kilobits per second.",
      ko: "세션의 모든 미디어를 합해 최대 # kbps를 사용합니다.",
    },
    RS: {
      en: "Active senders may use # bits per second for RTCP.",
      ko: "송신자는 RTCP에 # bps를 쓸 수 있습니다.",
    },
    RR: {
      en: "Receivers may use # bits per second for RTCP; 0 switches their reports off.",
      ko: "수신자는 RTCP에 # bps를 쓸 수 있으며, 0이면 보고하지 않습니다.",
    },
  }),
);

const units: ReadonlyMap<string, "bits" | "kilobits"> = new Map(
  Object.entries({
    TIAS: "bits",
    RS: "bits",
    RR: "bits",
  }),
);
