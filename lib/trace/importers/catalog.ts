import type { Importer } from "../importer.ts";
import { rtcstats } from "./rtcstats.ts";
import { rtcstatsLines } from "./rtcstats-lines.ts";
import { sdp } from "./sdp.ts";
import { trace } from "./trace.ts";
import { webrtcInternals } from "./webrtc-internals.ts";

/** Every format that can be imported, in alphabetical order. */
export const importers: readonly Importer[] = [
  rtcstats,
  rtcstatsLines,
  sdp,
  trace,
  webrtcInternals,
];
