import { specification } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** What an `a=packetization` line says: packets of a payload type are cut in another way than its codec's. */
export interface Packetization {
  /** As written. */
  readonly payloadType: string;
  /** `raw`: frames are cut without a codec's payload format. */
  readonly format: string;
}

/** `a=packetization`, of libwebrtc, for encrypted frames. It has no RFC. */
export const packetization: Attribute<Packetization, "payloadType" | "format"> = defineAttribute({
  name: "packetization",
  levels: ["media"],
  multiplicity: "per-key",
  mux: "TBD",
  rfc: specification(
    "libwebrtc",
    "",
    "https://webrtc.googlesource.com/src/+/refs/heads/main/pc/webrtc_sdp.cc",
  ),
  read: (scan) => ({ payloadType: scan.word("payloadType"), format: scan.word("format") }),
  print: ({ payloadType, format }) => `${payloadType} ${format}`,
  summary: ({ payloadType, format }) => ({
    en: `Packets of payload type ${payloadType} are cut as ${format}, not as its codec's payload format says. Both sides must say so, else packets are read wrongly.`,
    ko: `payload type ${payloadType}의 패킷을 코덱의 payload 형식이 아니라 ${format} 방식으로 나눕니다. 양쪽 모두 적지 않으면 패킷을 잘못 읽게 됩니다.`,
  }),
  parts: {
    payloadType: {
      name: { en: "payload type", ko: "payload type" },
      meaning: { en: "The codec concerned.", ko: "해당하는 코덱입니다." },
    },
    format: {
      name: { en: "packetization", ko: "패킷화 방식" },
      meaning: {
        en: "raw: without a codec's payload format, as end-to-end encrypted frames need it.",
        ko: "raw는 코덱의 payload 형식을 쓰지 않는 방식으로, 종단 간 암호화된 프레임에 필요합니다.",
      },
    },
  },
});
