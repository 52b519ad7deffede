import type { MediaKind } from "../engine.ts";
import type { Clip, ClipFrame } from "./clip.ts";
import type { Colour } from "./vp8-picture.ts";
import { encodeVp8 } from "./vp8-picture.ts";

/**
 * Synthetic media that every browser decodes. Video is a bar that moves over a plain picture of 320 × 240 in VP8, 15 frames a
 * second, each a key frame of about 1 kB: who comes late sees it at once. Audio is silence in Opus, 50 packets a second.
 */
export function patternClip(kind: MediaKind): Clip {
  return kind === "audio" ? silence() : movingBar();
}

/** One Opus packet of silence, 20 ms. RFC 6716 §3.1: CELT, fullband, one frame. */
const SILENT_PACKET = Uint8Array.of(0xf8, 0xff, 0xfe);

function silence(): Clip {
  const frames = [{ atMs: 0, data: SILENT_PACKET }];
  return { kind: "audio", codec: "opus", clockRate: 48_000, frames, durationMs: 20 };
}

let bar: Clip | undefined;

function movingBar(): Clip {
  bar ??= {
    kind: "video",
    codec: "VP8",
    clockRate: 90_000,
    frames: Array.from({ length: COLUMNS }, (_, at): ClipFrame => {
      return { atMs: (at * 1000) / FRAMES_PER_SECOND, data: barAt(at) };
    }),
    durationMs: (COLUMNS * 1000) / FRAMES_PER_SECOND,
  };
  return bar;
}

const FRAMES_PER_SECOND = 15;
const COLUMNS = 20;
const ROWS = 15;
const ground: Colour = { y: 60, u: 150, v: 110 };
const stripe: Colour = { y: 200, u: 60, v: 150 };

function barAt(position: number): Uint8Array {
  const isBar = (column: number): boolean => (column - position + COLUMNS) % COLUMNS < 3;
  const colours = Array.from({ length: COLUMNS * ROWS }, (_, at) =>
    isBar(at % COLUMNS) ? stripe : ground,
  );
  return encodeVp8({ columns: COLUMNS, rows: ROWS, colours });
}
