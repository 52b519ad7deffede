import { createRequire } from "node:module";
import { moduleVersion } from "../installed.ts";
import type { Platform } from "./w3c.ts";

/** libdatachannel in Node, through its W3C polyfill: it has data channels, and neither transceivers nor codecs. */
export function nodeDataChannelPlatform(): { platform: Platform; version: string } {
  const load = createRequire(import.meta.url);
  const polyfill = load("node-datachannel/polyfill") as Pick<Platform, "RTCPeerConnection">;
  const none = (): never => {
    throw new Error("node-datachannel has no media tracks of W3C.");
  };
  return {
    version: moduleVersion("node-datachannel"),
    platform: {
      RTCPeerConnection: polyfill.RTCPeerConnection,
      createTrack: none,
      watch: none,
    },
  };
}
