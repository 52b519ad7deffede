import type { EngineSendTrack } from "../engine.ts";
import type { Clip } from "./clip.ts";
import { packetize } from "./packetize.ts";

/** Sends a clip over a track. */
export interface Player {
  readonly clip: Clip;
  readonly track: EngineSendTrack;
  /** Frames sent so far. */
  readonly framesSent: number;
  /** Begins with the first frame, or goes on. */
  start(): void;
  /** Stops, and ends the track. */
  stop(): void;
}

/** Makes a player that sends each frame at its time, from beginning to end and again. Silent until `start`. */
export function createPlayer(clip: Clip, track: EngineSendTrack): Player {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sequenceNumber = 0;
  let framesSent = 0;
  let startedAt = 0;

  /** When a frame is due, in milliseconds since the start. */
  const dueAt = (frame: number): number => {
    const round = Math.floor(frame / clip.frames.length);
    return round * clip.durationMs + (clip.frames[frame % clip.frames.length]?.atMs ?? 0);
  };

  const send = (): void => {
    const elapsed = performance.now() - startedAt;
    // A program that was busy for long catches up with a few frames, not with all that it missed.
    for (let burst = 0; burst < MAX_BURST && dueAt(framesSent) <= elapsed; burst++) {
      const frame = clip.frames[framesSent % clip.frames.length];
      const timestamp = Math.round((dueAt(framesSent) * clip.clockRate) / 1000);
      const payloads = packetize(clip.codec, frame?.data ?? new Uint8Array());
      for (const [at, payload] of payloads.entries()) {
        const isLast = at === payloads.length - 1;
        track.write({
          payload,
          timestamp,
          sequenceNumber,
          marker: clip.kind === "video" && isLast,
        });
        sequenceNumber++;
      }
      framesSent++;
    }
    const late = elapsed - dueAt(framesSent);
    if (late > 0) startedAt += late;
    timer = setTimeout(send, Math.max(1, dueAt(framesSent) - (performance.now() - startedAt)));
  };

  return {
    clip,
    track,
    get framesSent() {
      return framesSent;
    },
    start() {
      if (timer !== undefined) return;
      startedAt = performance.now();
      send();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      track.stop();
    },
  };
}

const MAX_BURST = 8;
