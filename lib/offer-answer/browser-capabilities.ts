import { chromium } from "./capabilities/chromium.ts";
import { firefox } from "./capabilities/firefox.ts";
import type { AnswerHabits, Capabilities } from "./capabilities.ts";

/**
 * What a browser can do, recorded from the real one; `version` tells which. `negotiate` with it gives the answer
 * that the browser would give without local tracks. Throws `RangeError` for a browser that was not recorded.
 *
 * A browser's codecs depend on where it runs: the recorded Firefox had no OpenH264 plugin and so offers no H.264,
 * and neither browser had hardware for H.265. Spread the result into capabilities of your own to change that.
 */
export function browserCapabilities(browser: "chromium" | "firefox"): Capabilities {
  if (browser === "chromium") return { ...chromium, policy: "libwebrtc", habits: chromiumHabits };
  if (browser === "firefox") return { ...firefox, policy: "rfc", habits: firefoxHabits };
  throw new RangeError(`There are capabilities of chromium and firefox, not of ${browser}.`);
}

/** Seen in Chromium 156's answers. */
const chromiumHabits: AnswerHabits = {
  extensionOrder: "own",
  extensionDirection: "ignored",
  formatOrder: "offer",
  repeatedFormat: "last",
  repeatedExtension: "last",
  lastCounts: ["direction", "setup"],
  needsLastLineEnd: true,
  refusedProtocols: ["TCP/DTLS/RTP/SAVPF", "TCP/DTLS/RTP/SAVP"],
  namesSections: true,
  assumesSctpPort: true,
  lowersMessageSize: true,
  bundleOrder: "sections",
  keepsLoneBundleOnly: true,
};

/** Seen in Firefox 153's answers. */
const firefoxHabits: AnswerHabits = {
  extensionOrder: "offer",
  extensionDirection: "own",
  formatOrder: "grouped",
  repeatedFormat: "first",
  repeatedExtension: "all",
  lastCounts: ["direction"],
  stopsAtBadLine: true,
  needsLastLineEnd: true,
  // It has one VP9, whatever profile the offer names.
  ignoredParameters: ["profile-id"],
  fecNeedsRed: true,
  namesSections: true,
  bundleOrder: "group",
  readsLoosely: true,
  aptFirst: true,
  answersUnlistedRtx: true,
  keepsLoneBundleOnly: true,
  echoesBundleTags: true,
  answersEachSetup: true,
  maxFormats: 30,
};
