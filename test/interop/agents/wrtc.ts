import { createRequire } from "node:module";
import type { DecodedMedia } from "../agent.ts";
import { moduleVersion } from "../installed.ts";
import type { Platform } from "./w3c.ts";

/** The parts of @roamhq/wrtc that an agent needs. */
interface Wrtc {
  readonly RTCPeerConnection: typeof RTCPeerConnection;
  readonly MediaStream: typeof MediaStream;
  readonly nonstandard: {
    readonly RTCAudioSource: new () => {
      createTrack(): MediaStreamTrack;
      onData(data: object): void;
    };
    readonly RTCVideoSource: new () => {
      createTrack(): MediaStreamTrack;
      onFrame(frame: object): void;
    };
    readonly RTCAudioSink: new (
      track: MediaStreamTrack,
    ) => { ondata(data: { samples: Int16Array }): void };
    readonly RTCVideoSink: new (
      track: MediaStreamTrack,
    ) => { onframe(event: { frame: { width: number; height: number } }): void };
  };
}

const RATE = 48_000;
const WIDTH = 320;
const HEIGHT = 240;

/** libwebrtc in Node, with sinks that get what it has decoded. */
export function wrtcPlatform(): { platform: Platform; version: string } {
  const load = createRequire(import.meta.url);
  const { RTCPeerConnection, MediaStream, nonstandard } = load("@roamhq/wrtc") as Wrtc;
  const { RTCAudioSource, RTCVideoSource, RTCAudioSink, RTCVideoSink } = nonstandard;
  const platform: Platform = {
    RTCPeerConnection,
    createStream: (track) => new MediaStream([track]),
    createTrack(kind) {
      if (kind === "audio") {
        const source = new RTCAudioSource();
        let at = 0;
        setInterval(() => {
          const samples = new Int16Array(RATE / 100);
          for (let n = 0; n < samples.length; n++)
            samples[n] = 8000 * Math.sin((2 * Math.PI * 440 * at++) / RATE);
          source.onData({ samples, sampleRate: RATE, bitsPerSample: 16, channelCount: 1 });
        }, 10);
        return source.createTrack();
      }
      const source = new RTCVideoSource();
      const data = new Uint8ClampedArray((WIDTH * HEIGHT * 3) / 2);
      let shade = 0;
      setInterval(() => {
        data.fill(shade++ % 256);
        source.onFrame({ width: WIDTH, height: HEIGHT, data });
      }, 50);
      return source.createTrack();
    },
    watch(track) {
      let media: DecodedMedia = { decoded: 0 };
      if (track.kind === "audio") {
        const sink = new RTCAudioSink(track);
        sink.ondata = ({ samples }) => {
          const loudest = samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
          const peak = Math.max(media.peak ?? 0, loudest / 32_768);
          media = { decoded: media.decoded + samples.length, peak };
        };
      } else {
        const sink = new RTCVideoSink(track);
        sink.onframe = ({ frame }) => {
          media = { decoded: media.decoded + 1, size: `${frame.width}x${frame.height}` };
        };
      }
      return async () => media;
    },
  };
  return { platform, version: moduleVersion("@roamhq/wrtc") };
}
