import { createRequire } from "node:module";
import { browserOffers } from "../browser-offers.ts";
import { plainCases } from "../cases.ts";
import type { Endpoint } from "../endpoint.ts";
import { playCase } from "../w3c-endpoint.ts";

/** The parts of @roamhq/wrtc that a case needs. */
interface Wrtc {
  readonly RTCPeerConnection: typeof RTCPeerConnection;
  readonly RTCRtpReceiver: typeof RTCRtpReceiver;
  readonly MediaStream: typeof MediaStream;
  readonly nonstandard: {
    readonly RTCAudioSource: new () => { createTrack(): MediaStreamTrack };
    readonly RTCVideoSource: new () => { createTrack(): MediaStreamTrack };
  };
}

/** libwebrtc in Node, `@roamhq/wrtc`. */
export async function openWrtc(): Promise<Endpoint> {
  const load = createRequire(import.meta.url);
  const wrtc = load("@roamhq/wrtc") as Wrtc;
  const { version } = load("@roamhq/wrtc/package.json") as { version: string };
  const { RTCAudioSource, RTCVideoSource } = wrtc.nonstandard;
  Object.assign(globalThis, {
    RTCPeerConnection: wrtc.RTCPeerConnection,
    RTCRtpReceiver: wrtc.RTCRtpReceiver,
    MediaStream: wrtc.MediaStream,
    labTrack: (kind: "audio" | "video") =>
      new (kind === "audio" ? RTCAudioSource : RTCVideoSource)().createTrack(),
  });
  return {
    version,
    cases: [...plainCases, ...browserOffers()],
    play: (play) => playCase(play),
    close: async () => {},
  };
}
