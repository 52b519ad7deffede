import type { Endpoint } from "../endpoint.ts";
import { openBrowsers } from "./browser.ts";
import { openJanus } from "./janus.ts";
import { openAiortc, openGstreamer, openPion } from "./program.ts";
import { openWerift } from "./werift.ts";
import { openWrtc } from "./wrtc.ts";

/** Every endpoint the lab knows, by name. */
export const endpoints: Readonly<Record<string, () => Promise<Endpoint>>> = {
  ...openBrowsers,
  werift: openWerift,
  aiortc: openAiortc,
  gstreamer: openGstreamer,
  pion: openPion,
  janus: openJanus,
  wrtc: openWrtc,
};
