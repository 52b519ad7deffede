import { readFile } from "node:fs/promises";
import type { Clip } from "./clip.ts";
import { readIvf } from "./ivf.ts";
import { opusSamples, readOggOpus } from "./ogg.ts";

/**
 * Reads a media file: IVF with VP8, VP9 or AV1, or Ogg with Opus; what it is, its first bytes say.
 * Rejects with the error of the file system, or with a `RangeError` that says what is wrong with the file.
 */
export async function readMediaFile(path: string): Promise<Clip> {
  const bytes = new Uint8Array(await readFile(path));
  const clip =
    String.fromCharCode(...bytes.subarray(0, 4)) === "OggS" ? opusClip(bytes) : videoClip(bytes);
  if (clip.frames.length === 0) throw new RangeError(`${path} has no frames.`);
  return clip;
}

function videoClip(bytes: Uint8Array): Clip {
  const { fourcc, timeBase, frames } = readIvf(bytes);
  const codec = codecs[fourcc];
  if (codec === undefined) {
    const known = Object.keys(codecs).join(", ");
    throw new RangeError(`The IVF file has the codec ${fourcc}; known are ${known}.`);
  }
  const stepMs = (timeBase.numerator * 1000) / timeBase.denominator;
  const origin = frames[0]?.timestamp ?? 0;
  const last = (frames.at(-1)?.timestamp ?? 0) - origin;
  // The last frame takes as long as the others do on average.
  const frameMs = last > 0 ? (last * stepMs) / (frames.length - 1) : 1000 / 30;
  /** A file without times would be sent all at once. */
  const atMs = (timestamp: number, index: number): number =>
    last > 0 ? (timestamp - origin) * stepMs : index * frameMs;
  return {
    kind: "video",
    codec,
    clockRate: 90_000,
    frames: frames.map(({ timestamp, data }, index) => ({ atMs: atMs(timestamp, index), data })),
    durationMs: last > 0 ? last * stepMs + frameMs : frames.length * frameMs,
  };
}

/** By the four letters of an IVF file. */
const codecs: Readonly<Record<string, string>> = { VP80: "VP8", VP90: "VP9", AV01: "AV1" };

function opusClip(bytes: Uint8Array): Clip {
  let samples = 0;
  const frames = readOggOpus(bytes).map((data) => {
    const frame = { atMs: samples / 48, data };
    samples += opusSamples(data);
    return frame;
  });
  return { kind: "audio", codec: "opus", clockRate: 48_000, frames, durationMs: samples / 48 };
}
