import type { Importer } from "../importer.ts";
import { candidates } from "./candidates.ts";
import { firefox } from "./firefox.ts";
import { firefoxLog } from "./firefox-log.ts";
import { firefoxPage } from "./firefox-page.ts";
import { har } from "./har.ts";
import { janus } from "./janus.ts";
import { rtcstats } from "./rtcstats.ts";
import { rtcstatsLines } from "./rtcstats-lines.ts";
import { sdp } from "./sdp.ts";
import { trace } from "./trace.ts";
import { webrtcInternals } from "./webrtc-internals.ts";

/** Every format that can be imported, in alphabetical order. */
export const importers: readonly Importer[] = [
  candidates,
  firefox,
  firefoxLog,
  firefoxPage,
  har,
  janus,
  rtcstats,
  rtcstatsLines,
  sdp,
  trace,
  webrtcInternals,
];
