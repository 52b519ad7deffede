/** An IVF file: the frames of one video codec, each with its time. */
export interface Ivf {
  /** Such as `VP80`, `VP90`, `AV01`. */
  readonly fourcc: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Seconds that one step of a timestamp takes are `timeBase.numerator / timeBase.denominator`. */
  readonly timeBase: { readonly numerator: number; readonly denominator: number };
  readonly frames: readonly IvfFrame[];
}

/** A frame of an IVF file. */
export interface IvfFrame {
  readonly timestamp: number;
  readonly data: Uint8Array;
}

/** Reads an IVF file; a frame that is cut off at its end is left out. Throws `RangeError` for what is no IVF file. */
export function readIvf(bytes: Uint8Array): Ivf {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_LENGTH || textAt(bytes, 0) !== "DKIF") {
    throw new RangeError("The file is no IVF file: it does not begin with DKIF.");
  }
  const frames: IvfFrame[] = [];
  let at = view.getUint16(6, true);
  while (at + FRAME_HEADER_LENGTH <= bytes.length) {
    const size = view.getUint32(at, true);
    const start = at + FRAME_HEADER_LENGTH;
    if (start + size > bytes.length) break;
    frames.push({
      timestamp: Number(view.getBigUint64(at + 4, true)),
      data: bytes.subarray(start, start + size),
    });
    at = start + size;
  }
  return {
    fourcc: textAt(bytes, 8),
    width: view.getUint16(12, true),
    height: view.getUint16(14, true),
    timeBase: {
      denominator: view.getUint32(16, true) || 1,
      numerator: view.getUint32(20, true) || 1,
    },
    frames,
  };
}

/** The header of an IVF file, 32 bytes. The number of frames is not known while it is being written: 0. */
export function ivfHeader({ fourcc, width, height, timeBase }: Omit<Ivf, "frames">): Uint8Array {
  const header = new Uint8Array(HEADER_LENGTH);
  const view = new DataView(header.buffer);
  header.set(bytesOf("DKIF"));
  view.setUint16(6, HEADER_LENGTH, true);
  header.set(bytesOf(fourcc), 8);
  view.setUint16(12, width, true);
  view.setUint16(14, height, true);
  view.setUint32(16, timeBase.denominator, true);
  view.setUint32(20, timeBase.numerator, true);
  return header;
}

/** A frame as it stands in an IVF file. */
export function ivfFrame({ timestamp, data }: IvfFrame): Uint8Array {
  const frame = new Uint8Array(FRAME_HEADER_LENGTH + data.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, data.length, true);
  view.setBigUint64(4, BigInt(timestamp), true);
  frame.set(data, FRAME_HEADER_LENGTH);
  return frame;
}

const HEADER_LENGTH = 32;
const FRAME_HEADER_LENGTH = 12;

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text.slice(0, 4), (letter) => letter.charCodeAt(0));
}
