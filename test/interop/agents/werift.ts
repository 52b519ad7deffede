import * as werift from "werift";
import type { MediaKind } from "../agent.ts";
import { moduleVersion } from "../installed.ts";
import type { Platform } from "./w3c.ts";

/** Bare werift, as its documentation uses it. It has no decoder: what is counted are whole frames. */
export function weriftPlatform(): { platform: Platform; version: string } {
  return {
    version: moduleVersion("werift"),
    platform: {
      RTCPeerConnection: werift.RTCPeerConnection as unknown as typeof RTCPeerConnection,
      createTrack: (kind) => weriftTrack(kind) as unknown as MediaStreamTrack,
      watch(track) {
        let decoded = 0;
        (track as unknown as werift.MediaStreamTrack).onReceiveRtp.subscribe(({ header }) => {
          if (track.kind === "audio" || header.marker) decoded++;
        });
        return async () => ({ decoded });
      },
    },
  };
}

/** A track that sends silence in Opus every 20 ms, or a picture of one pixel in VP8 every 33 ms. */
export function weriftTrack(kind: MediaKind): werift.MediaStreamTrack {
  const track = new werift.MediaStreamTrack({ kind });
  const { payload, every, step } = mediaPackets[kind];
  let count = 0;
  const timer = setInterval(() => {
    const header = new werift.RtpHeader({
      sequenceNumber: count & 0xffff,
      timestamp: (count * step) >>> 0,
      marker: true,
    });
    count++;
    track.writeRtp(new werift.RtpPacket(header, payload));
  }, every);
  timer.unref();
  return track;
}

/** Media that is valid, and costs nothing to make: one frame a packet, how often it is sent, and the step of its clock. */
export const mediaPackets = {
  // RFC 6716 §3.1: one frame of CELT silence.
  audio: { payload: Buffer.from([0xf8, 0xff, 0xfe]), every: 20, step: 960 },
  // RFC 7741 §4.2: "start of partition 0" before a key frame.
  video: {
    payload: Buffer.concat([
      Buffer.from([0x10]),
      Buffer.from("MAEAnQEqAQABAA7A/iWkAANwAAAAAA==", "base64"),
    ]),
    every: 33,
    step: 2970,
  },
};
