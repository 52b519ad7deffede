import type { Endpoint } from "../endpoint.ts";
import { chromium, firefox } from "./browsers.ts";
import { nodeDataChannel, werift, wrtc } from "./node.ts";

/** Every row of the matrix, in its order. */
export const endpoints: readonly Endpoint[] = [chromium, firefox, wrtc, nodeDataChannel, werift];
