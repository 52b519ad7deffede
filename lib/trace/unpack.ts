import type { Diagnostic } from "../diagnostic.ts";
import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";

/** The texts that were in some bytes. */
export interface Unpacked {
  /** One for a plain or gzipped file, one for each file of a zip archive. */
  readonly files: readonly UnpackedFile[];
  /** What could not be unpacked, and what broke off. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A text out of an archive. */
export interface UnpackedFile {
  /** Its name in the archive; absent when there was none. */
  readonly name?: string;
  readonly text: string;
}

/**
 * Turns the bytes of a file into texts, compressed or not: gzip (also several members, one after the other), zip, and plain text
 * in UTF-8 or UTF-16. For the edge: what `importTrace` takes is the text. Works in browsers, their workers and Node.
 *
 * Never rejects. An archive that breaks off gives what stands before its end; bytes of a compression that browsers cannot
 * undo (bzip2, xz, zstd, 7z, rar), and files that are no text (pictures, videos, packet captures), are refused with their name. At most 512 MB are unpacked, of all files of an archive together.
 */
export async function unpack(bytes: Uint8Array): Promise<Unpacked> {
  const diagnostics: Diagnostic[] = [];
  const report = (code: string, severity: Diagnostic["severity"], message: Message): void => {
    diagnostics.push({ code: `import/${code}`, severity, message });
  };
  /** What may still be unpacked, of all files of an archive together. Bytes. */
  let left = MAX_SIZE;
  const inflate = async (data: Uint8Array, format: CompressionFormat): Promise<string> => {
    const { parts, size, isWhole, isFull } = await decompress(data, format, left);
    left -= size;
    if (isFull) report("too-large", "error", tooLarge);
    else if (!isWhole) report("compression-broken", "warning", broken);
    return decodeAll(parts);
  };
  const foreign = foreignCompressions.find(({ magic }) => startsWith(bytes, magic));
  if (foreign) {
    report("foreign-compression", "error", notUnpacked(foreign.name));
    return { files: [], diagnostics };
  }
  const other = otherFiles.find(({ at = 0, magic }) => startsWith(bytes.subarray(at), magic));
  if (other) {
    report("no-text", "error", noText(other.name));
    return { files: [], diagnostics };
  }
  if (startsWith(bytes, [0x1f, 0x8b]))
    return { files: [{ text: await inflate(bytes, "gzip") }], diagnostics };
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    const files: UnpackedFile[] = [];
    for (const { name, method, data } of zipEntries(bytes)) {
      if (left <= 0 || (method === STORED && data.length > left)) {
        report("too-large", "error", tooLarge);
        break;
      }
      if (method === STORED) {
        left -= data.length;
        files.push({ name, text: decodeAll([data]) });
      } else if (method === DEFLATED)
        files.push({ name, text: await inflate(data, "deflate-raw") });
      else report("foreign-compression", "error", notUnpacked(`zip method ${method}`));
    }
    return { files, diagnostics };
  }
  return { files: [{ text: decodeAll([bytes]) }], diagnostics };
}

type CompressionFormat = "gzip" | "deflate-raw";

/** More than this would not fit into one text either. Bytes. */
const MAX_SIZE = 512 * 1024 * 1024;

/** Bytes are given to the decompressor in pieces, so that what it unpacked before an error is not lost. */
const PIECE = 64 * 1024;

interface Decompressed {
  readonly parts: readonly Uint8Array[];
  /** Bytes. */
  readonly size: number;
  /** The compressed data ended where it should. */
  readonly isWhole: boolean;
  readonly isFull: boolean;
}

async function decompress(
  data: Uint8Array,
  format: CompressionFormat,
  most: number,
): Promise<Decompressed> {
  const { readable, writable } = new DecompressionStream(format);
  const writer = writable.getWriter();
  const reader = readable.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  let isFull = false;
  const reading = (async (): Promise<boolean> => {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return true;
        parts.push(value);
        size += value.length;
        if (size > most) {
          isFull = true;
          await reader.cancel();
          return false;
        }
      }
    } catch {
      return false;
    }
  })();
  const writing = (async (): Promise<void> => {
    try {
      for (let at = 0; at < data.length && !isFull; at += PIECE) {
        await writer.ready;
        await writer.write(data.slice(at, at + PIECE));
      }
      await writer.close();
    } catch {
      // The reading side ends with the same error.
    }
  })();
  const [isWhole] = await Promise.all([reading, writing]);
  return { parts, size, isWhole, isFull };
}

/** UTF-8 unless a byte order mark says UTF-16; bytes that are neither become U+FFFD. */
function decodeAll(parts: readonly Uint8Array[]): string {
  const [first] = parts;
  const encoding =
    first && startsWith(first, [0xff, 0xfe])
      ? "utf-16le"
      : first && startsWith(first, [0xfe, 0xff])
        ? "utf-16be"
        : "utf-8";
  const decoder = new TextDecoder(encoding);
  let text = "";
  for (const part of parts) text += decoder.decode(part, { stream: true });
  return text + decoder.decode();
}

const STORED = 0;
const DEFLATED = 8;

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly data: Uint8Array;
}

/** The files of a zip archive by its directory; by the headers before each file where the directory is cut off. */
function zipEntries(bytes: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = endOfDirectory(view);
  const entries: ZipEntry[] = [];
  let at = directory === undefined ? 0 : view.getUint32(directory + 16, true);
  const signature = directory === undefined ? 0x04034b50 : 0x02014b50;
  const header = directory === undefined ? 30 : 46;
  while (at + header <= bytes.length && view.getUint32(at, true) === signature) {
    const isDirectory = directory !== undefined;
    const field = (offset: number): number => view.getUint16(at + offset, true);
    const method = field(isDirectory ? 10 : 8);
    const packed = view.getUint32(at + (isDirectory ? 20 : 18), true);
    const nameLength = field(isDirectory ? 28 : 26);
    const extra = field(isDirectory ? 30 : 28);
    const comment = isDirectory ? field(32) : 0;
    const name = new TextDecoder().decode(bytes.subarray(at + header, at + header + nameLength));
    const local = isDirectory ? view.getUint32(at + 42, true) : at;
    const start = dataStart(view, local);
    // Sizes that follow the data are in the directory alone: without it the file reaches to the end.
    const size = packed === 0 && !isDirectory ? bytes.length : packed;
    const isFile = !name.endsWith("/") && !name.startsWith("__MACOSX/");
    if (isFile && start !== undefined)
      entries.push({ name, method, data: bytes.subarray(start, start + size) });
    at = isDirectory ? at + header + nameLength + extra + comment : (start ?? bytes.length) + size;
  }
  return entries;
}

function endOfDirectory(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - 65_557);
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return undefined;
}

function dataStart(view: DataView, local: number): number | undefined {
  if (local + 30 > view.byteLength) return undefined;
  return local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
}

const foreignCompressions: readonly { readonly name: string; readonly magic: readonly number[] }[] =
  [
    { name: "bzip2", magic: [0x42, 0x5a, 0x68] },
    { name: "xz", magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
    { name: "zstd", magic: [0x28, 0xb5, 0x2f, 0xfd] },
    { name: "7z", magic: [0x37, 0x7a, 0xbc, 0xaf] },
    { name: "rar", magic: [0x52, 0x61, 0x72, 0x21] },
  ];

/** What people have beside a dump, and give in its place. */
const otherFiles: readonly {
  readonly name: Message;
  readonly magic: readonly number[];
  /** Where the magic stands, unless at the beginning. */
  readonly at?: number;
}[] = [
  { name: { en: "a PNG picture", ko: "PNG 그림" }, magic: [0x89, 0x50, 0x4e, 0x47] },
  { name: { en: "a JPEG picture", ko: "JPEG 그림" }, magic: [0xff, 0xd8, 0xff] },
  { name: { en: "a GIF picture", ko: "GIF 그림" }, magic: [0x47, 0x49, 0x46, 0x38] },
  { name: { en: "a PDF document", ko: "PDF 문서" }, magic: [0x25, 0x50, 0x44, 0x46] },
  { name: { en: "an MP4 video", ko: "MP4 동영상" }, magic: [0x66, 0x74, 0x79, 0x70], at: 4 },
  { name: { en: "a WebM video", ko: "WebM 동영상" }, magic: [0x1a, 0x45, 0xdf, 0xa3] },
  { name: capture("pcapng"), magic: [0x0a, 0x0d, 0x0d, 0x0a] },
  { name: capture("pcap"), magic: [0xd4, 0xc3, 0xb2, 0xa1] },
  { name: capture("pcap"), magic: [0xa1, 0xb2, 0xc3, 0xd4] },
  { name: capture("pcap"), magic: [0x4d, 0x3c, 0xb2, 0xa1] },
  {
    name: { en: "a SQLite database", ko: "SQLite 데이터베이스" },
    magic: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20],
  },
];

function capture(format: string): Message {
  return { en: `a packet capture (${format})`, ko: `패킷 캡처(${format})` };
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

const broken: Message = {
  en: "The compressed data breaks off or is damaged; what could be unpacked before was read.",
  ko: "압축 데이터가 중간에 끊겼거나 손상되었습니다. 그 앞까지 풀린 내용만 읽었습니다.",
};

const tooLarge: Message = {
  en: "The file unpacks to more than 512 MB; the rest was left out.",
  ko: "압축을 풀면 512MB를 넘으므로 나머지는 제외했습니다.",
};

function notUnpacked(name: string): Message {
  return {
    en: `The file is compressed with ${name}, which is not unpacked here; unpack it first.`,
    ko: withParticles(
      `파일이 ${name}(으)로 압축되어 있습니다. 지원하지 않으므로 먼저 압축을 푸십시오.`,
    ),
  };
}

function noText(name: Message): Message {
  return {
    en: `This is ${name.en}. What can be read is text: a dump or log of a session, SDP, candidates; also in gzip or zip.`,
    ko: `${name.ko}입니다. 읽을 수 있는 것은 세션의 덤프나 로그, SDP, candidate 같은 텍스트이며 gzip이나 zip으로 압축되어 있어도 됩니다.`,
  };
}
