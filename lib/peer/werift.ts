import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Engine } from "./engine.ts";
import { weriftCodecs } from "./werift/codecs.ts";
import { WeriftConnection } from "./werift/connection.ts";
import { depacketize } from "./werift/depacketize.ts";
import { WeriftSendTrack } from "./werift/track.ts";

/**
 * werift, behind the shape and the order of events of W3C's RTCPeerConnection. Nothing outside of the folder beside this file
 * knows werift. Each work-around there says what werift does (0.24.4 and 0.25.2 unless said otherwise).
 */
export const werift: Engine = {
  name: `werift ${weriftVersion()}`,
  codecs: weriftCodecs,
  createConnection: (configuration) => new WeriftConnection(configuration),
  createTrack: (kind) => new WeriftSendTrack(kind),
  depacketize,
};

/** werift's package.json is not among its exports: it is looked for above its main file. */
function weriftVersion(): string {
  let folder = dirname(createRequire(import.meta.url).resolve("werift"));
  while (dirname(folder) !== folder) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      if (name === "werift" && typeof version === "string") return version;
    } catch {
      // No package.json in this folder.
    }
    folder = dirname(folder);
  }
  return "of unknown version";
}
