import type { Endpoint } from "../endpoint.ts";
import { chromium, firefox } from "./browsers.ts";
import { janus } from "./janus.ts";
import { coturnTcp, coturnTls, coturnUdp, natPreserving, natSymmetric } from "./networks.ts";
import { nodeDataChannel, werift, wrtc } from "./node.ts";
import { pion } from "./pion.ts";
import { aiortc, gstreamer } from "./python.ts";

/** Every row of the matrix, in its order. */
export const endpoints: readonly Endpoint[] = [
  chromium,
  firefox,
  wrtc,
  nodeDataChannel,
  aiortc,
  gstreamer,
  pion,
  janus,
  werift,
  coturnUdp,
  coturnTcp,
  coturnTls,
  natPreserving,
  natSymmetric,
];
