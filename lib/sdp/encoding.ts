import { staticPayloadType } from "./static-payload-type.ts";

/** What a payload type means. */
export interface Encoding {
  readonly name: string;
  /** In hertz. */
  readonly clockRate: number;
  /** Absent where none are written. */
  readonly channels?: number | undefined;
}

/**
 * What a payload type means: what its rtpmap says, else in an RTP profile its static meaning. RFC 3551 §6.
 * `undefined` for one that nothing is said of.
 */
export function encodingOf(
  payloadType: number,
  isRtp: boolean,
  written: Encoding | undefined,
): Encoding | undefined {
  return written ?? (isRtp ? staticPayloadType(payloadType) : undefined);
}

/** The channels that the parameters of an rtpmap tell; `undefined` where they are no number. */
export function channelsOf(parameters: string | undefined): number | undefined {
  return parameters !== undefined && isDigits(parameters) ? Number(parameters) : undefined;
}

/** The number of a payload type, 0–127, or −1 for a format that is none. */
export function payloadTypeOf(format: string): number {
  if (format.length === 0 || format.length > 3) return -1;
  let payloadType = 0;
  for (let at = 0; at < format.length; at++) {
    const digit = format.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    payloadType = payloadType * 10 + digit;
  }
  return payloadType <= 127 ? payloadType : -1;
}

/** Each payload type as it is written. */
export const payloadTypeTexts: readonly string[] = Array.from({ length: 128 }, (_, type) =>
  String(type),
);

/** Whether a text is a number of decimal digits. */
export function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return text !== "";
}
