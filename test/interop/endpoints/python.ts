import { join } from "node:path";
import type { Endpoint } from "../endpoint.ts";
import { defineEndpoint } from "../endpoint.ts";
import { missingPythonModule } from "../installed.ts";
import { openProgram } from "../program.ts";

/** Debian's Python: the modules are packages of Debian, which another Python does not see. */
const python = "/usr/bin/python3";
const agents = join(import.meta.dirname, "../agents");

export const aiortc: Endpoint = defineEndpoint({
  name: "aiortc",
  title: "aiortc",
  install: "apt-get install python3-aiortc",
  missing: () => missingPythonModule("import aiortc"),
  async open() {
    const agent = await openProgram(python, [join(agents, "aiortc_agent.py")]);
    return { version: agent.version, agent, close: () => agent.close() };
  },
});

export const gstreamer: Endpoint = defineEndpoint({
  name: "gstreamer",
  title: "GStreamer webrtcbin",
  install:
    "apt-get install python3-gi gir1.2-gst-plugins-bad-1.0 gstreamer1.0-nice gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad",
  missing: () =>
    missingPythonModule(
      "import gi; gi.require_version('GstWebRTC', '1.0'); from gi.repository import Gst; Gst.init(None); assert all(map(Gst.ElementFactory.find, ['webrtcbin', 'nicesrc', 'vp8enc', 'opusenc', 'rtpvp8pay']))",
    ),
  async open() {
    const agent = await openProgram(python, [
      "-X",
      "faulthandler",
      join(agents, "gstreamer_agent.py"),
    ]);
    return { version: agent.version, agent, close: () => agent.close() };
  },
});
