import type { EncodedFrame } from "../engine.ts";

/**
 * The temporal unit that AV1's RTP payloads carry, as files have it: a temporal delimiter, and every OBU with its size. AV1 RTP
 * payload format §4.3, §4.4; AV1 bitstream §5.2. `undefined` when a payload is broken, or its OBU began in none of them.
 */
export function joinAv1(payloads: readonly Uint8Array[]): EncodedFrame | undefined {
  const obus: number[][] = [];
  let isKey = false;
  let isOpen = false;
  for (const payload of payloads) {
    const [header] = payload;
    const elements = readElements(payload);
    if (header === undefined || elements === undefined) return undefined;
    const goesOn = (header & 0x80) !== 0;
    if (goesOn !== isOpen) return undefined;
    if ((header & 0x08) !== 0) isKey = true;
    for (const [at, element] of elements.entries()) {
      if (at === 0 && goesOn) obus.at(-1)?.push(...element);
      else obus.push([...element]);
    }
    isOpen = (header & 0x40) !== 0;
  }
  if (isOpen || obus.length === 0) return undefined;
  return { data: Uint8Array.from([...TEMPORAL_DELIMITER, ...obus.flatMap(withSize)]), isKey };
}

const TEMPORAL_DELIMITER = [0x12, 0x00] as const;

/** The elements of a payload: W says how many there are, the last then has no length; with 0, each has one. */
function readElements(payload: Uint8Array): readonly Uint8Array[] | undefined {
  const count = ((payload[0] ?? 0) >> 4) & 3;
  const elements: Uint8Array[] = [];
  let at = 1;
  while (at < payload.length) {
    let size = payload.length - at;
    if (count === 0 || elements.length < count - 1) {
      size = 0;
      let shift = 0;
      let byte = 128;
      while (byte >= 128) {
        byte = payload[at] ?? Number.NaN;
        if (Number.isNaN(byte) || shift > 28) return undefined;
        size += (byte & 0x7f) * 2 ** shift;
        shift += 7;
        at++;
      }
    }
    if (at + size > payload.length) return undefined;
    elements.push(payload.subarray(at, at + size));
    at += size;
  }
  return elements;
}

/** An OBU with `obu_has_size_field`. */
function withSize(obu: readonly number[]): readonly number[] {
  const [header = 0, ...rest] = obu;
  if ((header & 0x02) !== 0) return obu;
  const extension = (header & 0x04) === 0 ? [] : rest.slice(0, 1);
  const body = rest.slice(extension.length);
  const size: number[] = [];
  let left = body.length;
  do {
    size.push(left >= 128 ? (left & 0x7f) | 0x80 : left);
    left = Math.floor(left / 128);
  } while (left > 0);
  return [header | 0x02, ...extension, ...size, ...body];
}
