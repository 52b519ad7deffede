// Two peers call each other, one more is closed while a dead server is still being asked, and nothing is left behind: the
// program ends without process.exit(), or whoever started it loses patience. Prints what still keeps it alive.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { WebSocket } from "ws";

// Vite's runner is closed when the program looks for one.
globalThis.WebSocket ??= WebSocket;

/** @param {string} path */
const load = async (path) => {
  const file = fileURLToPath(new URL(`../../lib/${path}`, import.meta.url));
  const { module } = await runnerImport(file, { configFile: false, logLevel: "error" });
  return module;
};

const { createPeer } = await load("peer/peer.ts");
const { inProcess } = await load("peer/in-process.ts");
const { createSignalingServer } = await load("signaling/server.ts");

const silent = createSocket("udp4").bind(0);
await once(silent, "listening");
const iceServers = [
  { urls: `stun:127.0.0.1:${silent.address().port}` },
  { urls: `turn:127.0.0.1:${silent.address().port}`, username: "a", credential: "b" },
];

const before = process.getActiveResourcesInfo();
const server = createSignalingServer();
const room = `${await server.listen()}/rooms/end`;
const alice = createPeer({ name: "alice", room });
const bob = createPeer({ name: "bob", room });
await alice.join();
await Promise.all([alice.connect(), bob.connect()]);

const [caller, callee] = inProcess();
const gathering = createPeer({ name: "carol", room: caller, iceServers });
const answering = createPeer({ name: "dan", room: callee, iceServers });
await Promise.all([gathering.connect(), answering.connect()]);

await Promise.all([alice, bob, gathering, answering].map((peer) => peer.close()));
await server.close();
/** What keeps the program alive that did not at first. */
const remains = () => {
  const left = process.getActiveResourcesInfo();
  for (const one of before) {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
  }
  return left.filter((one) => one !== "Timeout");
};
// Sockets close in the next turns. werift's DTLS looks half a second later whether its last flight has arrived: that timer
// is nobody's to take back.
for (let patience = 20; patience > 0 && remains().length > 0; patience--) await sleep(50);
const left = remains();
process.stdout.write(JSON.stringify({ connected: true, left }));
silent.close();
