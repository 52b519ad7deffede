import type { WriteStream } from "node:fs";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { Engine, EngineReceiveTrack, ReceivedPacket } from "../engine.ts";
import { ivfFrame, ivfHeader } from "./ivf.ts";
import { createOggWriter, opusSamples } from "./ogg.ts";

/** A track on its way into a file. */
export interface MediaWriter {
  /** The file; absent until the first frame has come, and for a codec that no file here is for. */
  readonly path: string | undefined;
  /** Ends the file; resolves when it is written. */
  close(): Promise<void>;
}

/**
 * Writes what comes over a track into a file of the folder: video as IVF, Opus as Ogg. `name` is the file's name without its
 * ending. A video begins with its first key frame; a frame of which a packet is missing, and all up to the next key frame, are
 * left out. `failed` is told once what the file system says, such as that the disk is full: then the file ends, not the call.
 */
export function writeMedia(
  engine: Engine,
  track: EngineReceiveTrack,
  folder: string,
  name: string,
  failed: (reason: string) => void,
): MediaWriter {
  let file: WriteStream | undefined;
  let path: string | undefined;
  const begin = (ending: string, header: Uint8Array): WriteStream => {
    mkdirSync(folder, { recursive: true });
    path = join(folder, `${name}.${ending}`);
    const made = createWriteStream(path);
    made.on("error", (error) => {
      if (made.bytesWritten === 0) path = undefined;
      fail(error);
    });
    made.write(header);
    return made;
  };
  let hasFailed = false;
  const fail = (error: unknown): void => {
    leave();
    if (hasFailed) return;
    hasFailed = true;
    failed(error instanceof Error ? error.message : String(error));
  };
  const ogg = createOggWriter(1, 2);
  let origin: number | undefined;
  let isWaiting = true;

  const writeFrame = (codec: string, packets: readonly ReceivedPacket[]): void => {
    const fourcc = fourccs[codec.toUpperCase()];
    const frame = engine.depacketize(
      codec,
      packets.map(({ payload }) => payload),
    );
    const timestamp = packets[0]?.timestamp ?? 0;
    if (fourcc === undefined || frame === undefined) return;
    if (isWaiting && !frame.isKey) {
      track.requestKeyFrame();
      return;
    }
    isWaiting = false;
    origin ??= timestamp;
    file ??= begin(
      "ivf",
      ivfHeader({
        fourcc,
        ...sizeOf(codec, frame.data),
        timeBase: { numerator: 1, denominator: 90_000 },
      }),
    );
    file.write(ivfFrame({ timestamp: (timestamp - origin) >>> 0, data: frame.data }));
  };

  const video = createFrameJoiner(writeFrame, () => {
    isWaiting = true;
    track.requestKeyFrame();
  });
  const write = (packet: ReceivedPacket) => {
    if (track.kind === "video") return video(packet);
    if (packet.codec.name.toLowerCase() !== "opus") return;
    const data = Uint8Array.from(packet.payload);
    file ??= begin("ogg", ogg.header());
    file.write(ogg.packet(data, opusSamples(data)));
  };
  const leave = track.onPacket((packet) => {
    try {
      write(packet);
    } catch (error) {
      // No folder can be made there.
      fail(error);
    }
  });

  return {
    get path() {
      return path;
    },
    async close() {
      leave();
      if (file === undefined) return;
      file.end();
      await finished(file).catch(() => {});
    },
  };
}

/** By encoding name, the four letters of an IVF file. */
const fourccs: Readonly<Record<string, string>> = {
  VP8: "VP80",
  VP9: "VP90",
  AV1: "AV01",
  H264: "H264",
};

/** A key frame of VP8 says how large it is; of other codecs players find out for themselves. RFC 6386 §9.1. */
function sizeOf(
  codec: string,
  data: Uint8Array,
): { readonly width: number; readonly height: number } {
  if (codec.toUpperCase() !== "VP8" || data.length < 10) return { width: 0, height: 0 };
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
}

/** Joins the packets of each frame in the order of their numbers; tells when one of them never came. */
function createFrameJoiner(
  whole: (codec: string, packets: readonly ReceivedPacket[]) => void,
  lost: () => void,
): (packet: ReceivedPacket) => void {
  let waiting: ReceivedPacket[] = [];
  /** The number of the packet that comes next. */
  let next: number | undefined;
  const distance = ({ sequenceNumber }: ReceivedPacket): number => {
    const ahead = (sequenceNumber - (next ?? sequenceNumber)) & 0xffff;
    return ahead < 0x8000 ? ahead : ahead - 0x10000;
  };
  return (packet) => {
    next ??= packet.sequenceNumber;
    if (distance(packet) < 0) return;
    waiting.push(packet);
    waiting.sort((a, b) => distance(a) - distance(b));
    if (waiting.length > MAX_WAITING) {
      // What is missing will not come any more: on with the first frame that begins after the gap.
      const gap = waiting.findIndex((each, at) => distance(each) !== at);
      const missing = waiting[Math.max(0, gap)];
      waiting = waiting
        .slice(Math.max(0, gap))
        .filter((each) => each.timestamp !== missing?.timestamp);
      next = waiting[0]?.sequenceNumber;
      lost();
    }
    for (;;) {
      const isRow = (at: number): boolean =>
        waiting[at] !== undefined && distance(waiting[at]) === at;
      let length = 0;
      while (isRow(length) && !waiting[length]?.marker) length++;
      if (!isRow(length)) return;
      const frame = waiting.splice(0, length + 1);
      next = ((frame.at(-1)?.sequenceNumber ?? 0) + 1) & 0xffff;
      whole(frame[0]?.codec.name ?? "", frame);
    }
  };
}

/** Packets; some 200 ms of video. */
const MAX_WAITING = 128;
