import type { EngineReceiveTrack, MediaKind, ReceivedPacket } from "../engine.ts";

/** What has come over one track. */
export interface MediaCount {
  readonly kind: MediaKind;
  readonly mid: string | null;
  /** The encoding name of the last packet's codec; absent before the first. */
  readonly codec?: string;
  readonly packets: number;
  /** Of RTP payloads. */
  readonly bytes: number;
  /** Whole frames: of video by their markers, of audio one for each packet. */
  readonly frames: number;
}

/** Counts what comes over a track from now on. */
export function countMedia(
  track: EngineReceiveTrack,
  midOf: () => string | null,
): () => MediaCount {
  const kind: MediaKind = track.kind === "audio" ? "audio" : "video";
  let last: ReceivedPacket | undefined;
  let packets = 0;
  let bytes = 0;
  let frames = 0;
  track.onPacket((packet) => {
    packets++;
    bytes += packet.payload.byteLength;
    if (kind === "audio" || packet.marker) frames++;
    last = packet;
  });
  return () => ({
    kind,
    mid: midOf(),
    ...(last !== undefined && { codec: last.codec.name }),
    packets,
    bytes,
    frames,
  });
}
