import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { WebSocket } from "ws";
import { createPeer } from "../../lib/peer/peer.ts";
import { createSignalingServer } from "../../lib/signaling/server.ts";
import { writeTrace } from "../../lib/trace/file.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";

const file = resolve(import.meta.dirname, "../fixtures/traces/mesh-of-4.sdpscope.jsonl");

/**
 * Records four headless peers that join one room after the other and form a mesh, three connections each:
 * `node test/lab/run.mjs mesh` writes `test/fixtures/traces/mesh-of-4.sdpscope.jsonl`.
 */
export async function main(): Promise<void> {
  // The lab's runner loads nothing more once a program runs.
  Object.assign(globalThis, { WebSocket });
  const names = ["alice", "bob", "carol", "dave"];
  const server = createSignalingServer();
  const room = `${await server.listen()}/rooms/mesh`;
  const recorder = createRecorder({
    id: "mesh-of-4",
    now: () => performance.timeOrigin + performance.now(),
    peers: names.map((id) => ({ id, name: id })),
  });
  const peers = names.map((name) => createPeer({ room, name, recorder, media: [], capacity: 4 }));
  for (const peer of peers) await peer.join();
  while (peers.some((peer) => peer.send("hello") < 3)) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await new Promise((resolve) => setTimeout(resolve, 1200));
  for (const peer of peers) await peer.close();
  await server.close();
  recorder.record({ kind: "end", reason: "closed" });
  const text = writeTrace(recorder.trace);
  writeFileSync(file, text);
  console.log(`mesh-of-4: ${recorder.trace.events.length} events, ${text.length} characters`);
}
