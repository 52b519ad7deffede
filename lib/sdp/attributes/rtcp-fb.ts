import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** An `a=rtcp-fb` line: a kind of feedback that a payload type, or `*` for all, may use. RFC 4585 §4.2. */
export interface RtcpFeedback {
  readonly payloadType: string;
  /** Such as `nack pli`. */
  readonly feedback: string;
}

export const rtcpFb: Attribute<RtcpFeedback, "payloadType" | "feedback"> = defineAttribute({
  name: "rtcp-fb",
  levels: ["media"],
  multiplicity: "many",
  mux: "IDENTICAL-PER-PT",
  rfc: rfc(4585, "4.2"),
  read: (scan) => ({ payloadType: scan.word("payloadType"), feedback: scan.rest("feedback") }),
  print: ({ payloadType, feedback }) => `${payloadType} ${feedback}`,
});
