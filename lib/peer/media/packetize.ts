/** How large the payload of an RTP packet may be, so that it fits a path of 1280 bytes with SRTP, UDP, IPv6 and TURN. */
const MAX_PAYLOAD = 1100;

/**
 * The RTP payloads of one frame: VP8 (RFC 7741), VP9 (RFC 9628, in flexible mode without references), AV1 (the AV1 RTP
 * payload format), and codecs whose frame is one payload, such as Opus (RFC 7587).
 */
export function packetize(codec: string, frame: Uint8Array): readonly Uint8Array[] {
  switch (codec.toUpperCase()) {
    case "VP8":
      // S: the packet begins a partition; only the first one is told from the others. RFC 7741 §4.2.
      return parts(frame).map((part, at) => withHeader([at === 0 ? 0x10 : 0], part));
    case "VP9":
      return vp9Payloads(frame);
    case "AV1":
      return av1Payloads(frame);
    default:
      return [frame];
  }
}

function parts(bytes: Uint8Array, size: number = MAX_PAYLOAD): readonly Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) all.push(bytes.subarray(at, at + size));
  return all;
}

function withHeader(header: readonly number[], part: Uint8Array): Uint8Array {
  const payload = new Uint8Array(header.length + part.length);
  payload.set(header);
  payload.set(part, header.length);
  return payload;
}

/** B and E: the frame's first and last packet; P: it needs an earlier frame. RFC 9628 §4.2. */
function vp9Payloads(frame: Uint8Array): readonly Uint8Array[] {
  const all = parts(frame);
  const predicted = isVp9Key(frame) ? 0 : 0x40;
  return all.map((part, at) => {
    const begin = at === 0 ? 0x08 : 0;
    const end = at === all.length - 1 ? 0x04 : 0;
    return withHeader([predicted | begin | end], part);
  });
}

/** frame_marker, two bits of profile, show_existing_frame, frame_type. VP9 bitstream §6.2; profile 3 has one bit more. */
function isVp9Key(frame: Uint8Array): boolean {
  const first = frame[0] ?? 0;
  const isProfile3 = (first & 0x30) === 0x30;
  const [existing, type] = isProfile3 ? [0x04, 0x02] : [0x08, 0x04];
  return (first & existing) === 0 && (first & type) === 0;
}

/**
 * A temporal unit as IVF has it, OBUs with sizes, as RTP has it: without temporal delimiters and sizes, each OBU an element
 * with its length before it. Packets end in the middle of an OBU, but for the last: without a dependency descriptor, libwebrtc
 * takes a packet that ends with an OBU for the end of a frame.
 */
function av1Payloads(unit: Uint8Array): readonly Uint8Array[] {
  const units = readObus(unit).filter(
    ({ type }) => type !== TEMPORAL_DELIMITER && type !== TILE_LIST,
  );
  const isKey = units.some(({ type }) => type === SEQUENCE_HEADER);
  const payloads: Uint8Array[] = [];
  let elements: number[] = [];
  let goesOn = false;
  const flush = (isCut: boolean): void => {
    const header =
      (goesOn ? 0x80 : 0) | (isCut ? 0x40 : 0) | (isKey && payloads.length === 0 ? 0x08 : 0);
    payloads.push(Uint8Array.from([header, ...elements]));
    elements = [];
    goesOn = isCut;
  };
  for (const [index, { bytes }] of units.entries()) {
    const isLast = index === units.length - 1;
    let at = 0;
    while (at < bytes.length) {
      const space = MAX_PAYLOAD - 1 - elements.length - LENGTH_BYTES;
      let size = Math.min(space, bytes.length - at);
      // No room for more behind this one: its last byte goes with what follows.
      const isFull = space - size < LENGTH_BYTES + 1;
      if (isFull && !isLast && at + size === bytes.length && size > 1) size--;
      elements.push(0x80 | (size & 0x7f), size >> 7, ...bytes.subarray(at, at + size));
      at += size;
      if (at < bytes.length) flush(true);
    }
  }
  if (elements.length > 0) flush(false);
  return payloads;
}

/** Of a length of up to 14 bits, in LEB128. */
const LENGTH_BYTES = 2;

const SEQUENCE_HEADER = 1;
const TEMPORAL_DELIMITER = 2;
const TILE_LIST = 8;

/** The OBUs of a temporal unit, each without its size field. AV1 bitstream §5.3. */
function readObus(
  unit: Uint8Array,
): readonly { readonly type: number; readonly bytes: Uint8Array }[] {
  const found: { type: number; bytes: Uint8Array }[] = [];
  let at = 0;
  while (at < unit.length) {
    const header = unit[at] ?? 0;
    const headerLength = (header & 0x04) === 0 ? 1 : 2;
    let start = at + headerLength;
    let size = unit.length - start;
    if ((header & 0x02) !== 0) {
      const length = readLeb128(unit, start);
      start = length.end;
      size = Math.min(length.value, unit.length - start);
    }
    const extension = headerLength === 2 ? [unit[at + 1] ?? 0] : [];
    const bytes = withHeader([header & ~0x02, ...extension], unit.subarray(start, start + size));
    found.push({ type: (header >> 3) & 15, bytes });
    at = start + size;
  }
  return found;
}

function readLeb128(
  bytes: Uint8Array,
  start: number,
): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let at = start; at < bytes.length && at < start + 8; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (at - start));
    if (byte < 128) return { value, end: at + 1 };
  }
  return { value, end: bytes.length };
}
