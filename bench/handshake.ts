import { MediaStreamTrack, RTCPeerConnection } from "werift";
import type { EngineChannel, EngineConnection } from "../lib/peer/engine.ts";
import { createPeer } from "../lib/peer/peer.ts";
import { werift } from "../lib/peer/werift.ts";
import { createSignalingServer } from "../lib/signaling/server.ts";
import type { TraceEvent } from "../lib/trace/event.ts";
import { createRecorder } from "../lib/trace/recorder.ts";

/**
 * Measures the time from createOffer to an open data channel at both ends, audio and video in the same call:
 * two recorded peers that signal over a WebSocket server; this package's werift, mended, without recording and sockets; and
 * bare werift. All in this process, over this machine's own addresses, turn by turn. The median of 20 counts.
 */

const ROUNDS = 20;

// The first certificate takes its time in both.
await bare();
await mended();
await recorded();

const times = { recorded: [] as number[], mended: [] as number[], bare: [] as number[] };
for (let round = 0; round < ROUNDS; round++) {
  times.recorded.push(await recorded());
  times.mended.push(await mended());
  times.bare.push(await bare());
}
for (const [name, list] of Object.entries(times)) {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = ((sorted[ROUNDS / 2 - 1] ?? 0) + (sorted[ROUNDS / 2] ?? 0)) / 2;
  const [least, most] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  console.log(
    `createOffer → open data channel, ${werift.name}, ${name}: median ${middle.toFixed(1)} ms (${least.toFixed(1)}–${most.toFixed(1)})`,
  );
}

async function recorded(): Promise<number> {
  const server = createSignalingServer();
  const room = `${await server.listen()}/rooms/bench`;
  const recorder = createRecorder({ now: () => performance.timeOrigin + performance.now() });
  const alice = createPeer({ room, name: "alice", recorder });
  const bob = createPeer({ room, name: "bob", recorder });
  await alice.join();
  await Promise.all([alice.connect(), bob.connect()]);
  const { events } = recorder.trace;
  const start = events.find((event) => event.kind === "call" && event.method === "createOffer");
  const time = (events.findLast(opensChannel)?.t ?? Number.NaN) - (start?.t ?? Number.NaN);
  await alice.close();
  await bob.close();
  await server.close();
  return time;
}

function opensChannel(event: TraceEvent): boolean {
  return event.kind === "state" && event.machine === "channel" && event.to === "open";
}

/** The same calls as those of `bare`, on werift with its work-arounds: what recording and signaling cost is the difference. */
async function mended(): Promise<number> {
  const [alice, bob] = [0, 1].map(() => werift.createConnection({})) as [
    EngineConnection,
    EngineConnection,
  ];
  for (const [from, to] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    from.addEventListener("icecandidate", (event) => {
      to.addIceCandidate((event as RTCPeerConnectionIceEvent).candidate).catch(() => {});
    });
  }
  for (const kind of ["audio", "video"] as const) alice.addTransceiver(werift.createTrack(kind));
  const channel = alice.createDataChannel("data");
  const opened = (made: EngineChannel): Promise<void> =>
    new Promise((resolve) => {
      made.addEventListener("open", () => resolve());
      if (made.readyState === "open") resolve();
    });
  const open = Promise.all([
    opened(channel),
    new Promise<void>((resolve) =>
      bob.addEventListener("datachannel", (event) => {
        void opened((event as Event & { channel: EngineChannel }).channel).then(resolve);
      }),
    ),
  ]);
  const start = performance.now();
  const offer = await alice.createOffer();
  await alice.setLocalDescription(offer);
  await bob.setRemoteDescription(offer);
  for (const transceiver of bob.getTransceivers()) transceiver.direction = "sendrecv";
  const answer = await bob.createAnswer();
  await bob.setLocalDescription(answer);
  await alice.setRemoteDescription(answer);
  await open;
  const time = performance.now() - start;
  await alice.close();
  await bob.close();
  return time;
}

/** The least that werift needs: candidates and descriptions handed over by function calls, gathering not waited for. */
async function bare(): Promise<number> {
  const [alice, bob] = [0, 1].map(
    () => new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" }),
  ) as [RTCPeerConnection, RTCPeerConnection];
  for (const [from, to] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    from.onIceCandidate.subscribe((candidate) => {
      if (candidate !== undefined) to.addIceCandidate(candidate).catch(() => {});
    });
  }
  const offlineOnly = (pc: RTCPeerConnection): void => {
    for (const transport of pc.iceTransports) delete transport.connection.stunServer;
  };
  for (const kind of ["audio", "video"] as const) {
    alice.addTransceiver(new MediaStreamTrack({ kind }), { direction: "sendrecv" });
  }
  const channel = alice.createDataChannel("data");
  const open = Promise.all([
    new Promise<void>((resolve) => channel.stateChanged.subscribe(() => resolve())),
    new Promise<void>((resolve) =>
      bob.onDataChannel.subscribe((theirs) => theirs.stateChanged.subscribe(() => resolve())),
    ),
  ]);
  const start = performance.now();
  const offer = await alice.createOffer();
  offlineOnly(alice);
  alice.setLocalDescription(offer).catch(() => {});
  await bob.setRemoteDescription(offer);
  for (const transceiver of bob.getTransceivers()) transceiver.direction = "sendrecv";
  offlineOnly(bob);
  const answer = await bob.createAnswer();
  bob.setLocalDescription(answer).catch(() => {});
  await alice.setRemoteDescription(answer);
  await open;
  const time = performance.now() - start;
  await alice.close();
  await bob.close();
  return time;
}
