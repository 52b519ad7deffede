/**
 * Reads the Opus packets of an Ogg file, without its two headers. RFC 3533, RFC 7845. A packet that is cut off at the end is
 * left out; of several streams the first Opus one is read. Throws `RangeError` for what is no Ogg file with Opus.
 */
export function readOggOpus(bytes: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: Uint8Array[] = [];
  let parts: Uint8Array[] = [];
  let serial: number | undefined;
  let at = 0;
  while (at + PAGE_HEADER_LENGTH <= bytes.length && textAt(bytes, at, 4) === "OggS") {
    const segments = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] ?? 0));
    let start = at + PAGE_HEADER_LENGTH + segments.length;
    const pageSerial = view.getUint32(at + 14, true);
    if (serial === undefined && textAt(bytes, start, 8) === "OpusHead") serial = pageSerial;
    for (const length of segments) {
      const end = start + length;
      if (end > bytes.length) return packets.slice(HEADER_PACKETS);
      if (pageSerial === serial) {
        parts.push(bytes.subarray(start, end));
        // A segment shorter than 255 ends a packet.
        if (length < 255) {
          packets.push(joined(parts));
          parts = [];
        }
      }
      start = end;
    }
    at = start;
  }
  if (serial === undefined) throw new RangeError("The file is no Ogg file with an Opus stream.");
  return packets.slice(HEADER_PACKETS);
}

/** How long an Opus packet plays, in samples of 48 kHz: by its first byte, RFC 6716 §3.1; 960 for an empty one. */
export function opusSamples(packet: Uint8Array): number {
  const toc = packet[0];
  if (toc === undefined) return 960;
  const config = toc >> 3;
  const frame = frameSamples(config);
  const code = toc & 3;
  if (code === 0) return frame;
  if (code < 3) return frame * 2;
  return frame * ((packet[1] ?? 1) & 63);
}

function frameSamples(config: number): number {
  if (config < 12) return [480, 960, 1920, 2880][config % 4] ?? 960;
  if (config < 16) return [480, 960][config % 2] ?? 960;
  return [120, 240, 480, 960][config % 4] ?? 960;
}

/** Writes an Ogg file with one Opus stream, page by page. */
export interface OggWriter {
  /** The two pages of headers: what it is, and who wrote it. */
  header(): Uint8Array;
  /** A page with one packet. `samples` is how long it plays, in samples of 48 kHz. */
  packet(data: Uint8Array, samples: number): Uint8Array;
}

/** Begins an Ogg file. `serial` tells its stream from others, `channels` is 1 or 2. RFC 7845 §5. */
export function createOggWriter(serial: number, channels: number): OggWriter {
  let sequence = 0;
  let granule = 0;
  const page = (data: Uint8Array, flags: number): Uint8Array => {
    const segments = [
      ...new Array<number>(Math.floor(data.length / 255)).fill(255),
      data.length % 255,
    ];
    const bytes = new Uint8Array(PAGE_HEADER_LENGTH + segments.length + data.length);
    const view = new DataView(bytes.buffer);
    bytes.set(bytesOf("OggS"));
    view.setUint8(5, flags);
    view.setBigUint64(6, BigInt(granule), true);
    view.setUint32(14, serial >>> 0, true);
    view.setUint32(18, sequence, true);
    view.setUint8(26, segments.length);
    bytes.set(segments, PAGE_HEADER_LENGTH);
    bytes.set(data, PAGE_HEADER_LENGTH + segments.length);
    view.setUint32(22, checksum(bytes), true);
    sequence++;
    return bytes;
  };
  return {
    header() {
      const head = new Uint8Array(19);
      const view = new DataView(head.buffer);
      head.set(bytesOf("OpusHead"));
      view.setUint8(8, 1);
      view.setUint8(9, channels);
      view.setUint32(12, 48_000, true);
      const vendor = bytesOf("sdpscope");
      const tags = new Uint8Array(16 + vendor.length);
      tags.set(bytesOf("OpusTags"));
      new DataView(tags.buffer).setUint32(8, vendor.length, true);
      tags.set(vendor, 12);
      return joined([page(head, FIRST_PAGE), page(tags, 0)]);
    },
    packet(data, samples) {
      granule += samples;
      return page(data, 0);
    },
  };
}

const PAGE_HEADER_LENGTH = 27;
const HEADER_PACKETS = 2;
const FIRST_PAGE = 2;

/** CRC-32 with the polynomial 04c11db7, not reflected, from 0. RFC 3533 §6. */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = ((sum << 8) ^ (table[(sum >>> 24) ^ byte] ?? 0)) >>> 0;
  return sum;
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let rest = index << 24;
  for (let bit = 0; bit < 8; bit++) rest = rest < 0 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
  return rest >>> 0;
});

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
