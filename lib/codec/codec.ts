/**
 * A codec as an rtpmap line and its companions describe it. RFC 8866 §6.6, §6.15.
 * Only `name` and `clockRate` are needed to compare two codecs.
 */
export interface Codec {
  /** The encoding name, in the text's own case; names compare case-insensitively. */
  readonly name: string;
  /** In hertz. */
  readonly clockRate: number;
  /** Audio only; absent means 1. */
  readonly channels?: number;
  /** The format parameters, exactly as they stand after the payload type in `a=fmtp`. Absent when there is no fmtp line. */
  readonly fmtp?: string;
  /** 0–127. */
  readonly payloadType?: number;
  /** The values of the `a=rtcp-fb` lines that apply, wildcard ones included, such as `nack pli`. */
  readonly feedback?: readonly string[];
}

/** A codec that somebody asks for: `"VP8"`, `"opus/48000/2"`, or an object whose given fields must fit. */
export type CodecPattern =
  | string
  | {
      readonly name: string;
      readonly clockRate?: number;
      readonly channels?: number;
      /** Format parameters that must fit, such as `profile-level-id=42e01f;packetization-mode=1`. */
      readonly fmtp?: string;
    };
