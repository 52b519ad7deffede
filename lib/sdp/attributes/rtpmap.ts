import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** An `a=rtpmap` line: what codec a payload type means. RFC 8866 §6.6. */
export interface Rtpmap {
  /** As written. */
  readonly payloadType: string;
  readonly encodingName: string;
  readonly clockRate: number;
  /** What stands after the second slash: for audio the number of channels. */
  readonly parameters?: string;
}

type Part = "payloadType" | "encodingName" | "clockRate" | "parameters";

export const rtpmap: Attribute<Rtpmap, Part> = defineAttribute({
  name: "rtpmap",
  levels: ["media"],
  multiplicity: "per-key",
  mux: "IDENTICAL-PER-PT",
  rfc: rfc(8866, "6.6"),
  read(scan) {
    const payloadType = scan.word("payloadType");
    scan.blank();
    const encodingName = scan.until(SLASH, "encodingName");
    scan.skip(SLASH);
    const clockRate = scan.integer("clockRate");
    if (!scan.skip(SLASH)) return { payloadType, encodingName, clockRate };
    return { payloadType, encodingName, clockRate, parameters: scan.word("parameters") };
  },
  print({ payloadType, encodingName, clockRate, parameters }) {
    const text = `${payloadType} ${encodingName}/${clockRate}`;
    return parameters === undefined ? text : `${text}/${parameters}`;
  },
});

const SLASH = 0x2f;
