import { RTCRtpCodecParameters, useNACK, usePLI, useREMB } from "werift";
import type { Codec } from "../../codec/codec.ts";
import type { MediaKind } from "../engine.ts";

/**
 * The codecs that werift can carry: it neither encodes nor decodes, so that these are what sources, files and counters here
 * can deal with. VP8 first: every browser sends and takes it.
 */
export const weriftCodecs: Readonly<Record<MediaKind, readonly Codec[]>> = {
  audio: [
    { name: "opus", clockRate: 48000, channels: 2, fmtp: "minptime=10;useinbandfec=1" },
    { name: "PCMU", clockRate: 8000, payloadType: 0 },
    { name: "PCMA", clockRate: 8000, payloadType: 8 },
    { name: "G722", clockRate: 8000, payloadType: 9 },
  ],
  video: [
    { name: "VP8", clockRate: 90000 },
    {
      name: "H264",
      clockRate: 90000,
      fmtp: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
    },
    { name: "VP9", clockRate: 90000, fmtp: "profile-id=0" },
    { name: "AV1", clockRate: 90000 },
  ],
};

/** Codecs as werift's configuration wants them. It writes payload types into them: each connection needs its own. */
export function weriftParameters(
  kind: MediaKind,
  codecs: readonly Codec[],
): RTCRtpCodecParameters[] {
  return codecs.map(
    ({ name, clockRate, channels, fmtp, payloadType }) =>
      new RTCRtpCodecParameters({
        mimeType: `${kind}/${name}`,
        clockRate,
        // What werift gives no number itself, by its place in the list, are the static ones.
        ...(payloadType !== undefined && { payloadType }),
        ...(kind === "audio" && { channels: channels ?? 1 }),
        ...(kind === "video" && { rtcpFeedback: [useNACK(), usePLI(), useREMB()] }),
        ...(fmtp !== undefined && { parameters: fmtp }),
      }),
  );
}

/** What werift says of a negotiated codec, as this package says it. */
export function codecOf({
  name,
  clockRate,
  channels,
  parameters,
  payloadType,
}: RTCRtpCodecParameters): Codec {
  return {
    name,
    clockRate,
    ...(channels !== undefined && channels > 1 && { channels }),
    ...(parameters !== undefined && parameters !== "" && { fmtp: parameters }),
    payloadType,
  };
}
