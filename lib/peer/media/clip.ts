import type { EncodedFrame, MediaKind } from "../engine.ts";

/** Encoded media of one codec, to be sent from beginning to end, and again. */
export interface Clip {
  readonly kind: MediaKind;
  /** The codec's encoding name, such as `VP8`. */
  readonly codec: string;
  /** Of the codec's RTP timestamps, in hertz. */
  readonly clockRate: number;
  readonly frames: readonly ClipFrame[];
  /** How long it takes, in milliseconds. */
  readonly durationMs: number;
}

/** One frame, and when it begins, in milliseconds from the clip's beginning. */
export interface ClipFrame extends Pick<EncodedFrame, "data"> {
  readonly atMs: number;
}
