import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** What an `a=dcsa` line says: an SDP attribute for the protocol inside one data channel. RFC 8864 §5.2. */
export interface DataChannelAttribute {
  readonly streamId: number;
  /** As an `a=` line has it: `accept-types:text/plain`. */
  readonly attribute: string;
}

/**
 * `a=dcsa`. RFC 8864 §5.2.
 *
 *     a=dcsa:2 accept-types:text/plain
 */
export const dcsa: Attribute<DataChannelAttribute, "streamId" | "attribute"> = defineAttribute({
  name: "dcsa",
  levels: ["media"],
  multiplicity: "many",
  mux: "SPECIAL",
  rfc: rfc(8864, "5.2"),
  read: (scan) => ({
    streamId: scan.integer("streamId", 65534),
    attribute: scan.rest("attribute"),
  }),
  print: ({ streamId, attribute }) => `${streamId} ${attribute}`,
  summary: ({ streamId, attribute }) => ({
    en: `For the protocol inside the data channel on SCTP stream ${streamId}: ${attribute}.`,
    ko: `SCTP 스트림 ${streamId}의 데이터 채널에서 쓰는 프로토콜에 적용되는 속성은 ${attribute}입니다.`,
  }),
  parts: {
    streamId: {
      name: { en: "stream id", ko: "스트림 id" },
      meaning: {
        en: "The stream of the a=dcmap line to which it belongs.",
        ko: "해당하는 a=dcmap 줄의 스트림입니다.",
      },
    },
    attribute: {
      name: { en: "attribute", ko: "속성" },
      meaning: {
        en: "An attribute of the protocol that the channel carries.",
        ko: "채널이 나르는 프로토콜의 속성입니다.",
      },
    },
  },
});
