import { createSocket } from "node:dgram";
import { once } from "node:events";
import { afterEach, describe, expect, test, vi } from "vitest";
import { stunAddress } from "../../../lib/ice/stun-attribute.ts";
import { parseStunMessage, printStunMessage } from "../../../lib/ice/stun-message.ts";
import type {
  EngineConfiguration,
  EngineConnection,
  EngineReceiveTrack,
  EngineTransceiver,
} from "../../../lib/peer/engine.ts";
import { patternClip } from "../../../lib/peer/media/pattern.ts";
import { createPlayer } from "../../../lib/peer/media/player.ts";
import { werift } from "../../../lib/peer/werift.ts";
import type { CandidateInit, DescriptionInit } from "../../../lib/trace/event.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe("a closed connection", () => {
  test("is closed for everybody from the call on", async () => {
    const connection = connect();
    const closing = connection.close();
    expect([connection.signalingState, connection.connectionState]).toEqual(["closed", "closed"]);
    expect(connection.close()).toBe(closing);
    await closing;
  });

  test("takes nothing any more", async () => {
    const { alice } = await call();
    const { sender } = alice.getTransceivers()[0] as EngineTransceiver;
    await alice.close();
    const refused = expect.objectContaining({ name: "InvalidStateError" });
    expect(() => alice.addTransceiver("audio")).toThrow(refused);
    expect(() => alice.createDataChannel("data")).toThrow(refused);
    expect(() => alice.removeTrack(sender)).toThrow(refused);
    await expect(alice.addIceCandidate(null)).rejects.toEqual(refused);
    await expect(alice.createOffer()).rejects.toEqual(refused);
  });
});

test("a description that is refused changes none", async () => {
  const { alice, bob } = await call();
  await vi.waitFor(() => expect(bob.iceGatheringState).toBe("complete"), { timeout: 5000 });
  const answer = bob.localDescription as DescriptionInit;
  const offer = bob.remoteDescription;
  await expect(bob.setLocalDescription(answer)).rejects.toThrow();
  expect([bob.localDescription, bob.remoteDescription]).toEqual([answer, offer]);
  const applied = alice.remoteDescription;
  await expect(alice.setRemoteDescription(answer)).rejects.toThrow();
  expect(alice.remoteDescription).toEqual(applied);
});

test("no direction is stopped", () => {
  const alice = connect();
  expect(() => alice.addTransceiver("audio", { direction: "stopped" })).toThrow(TypeError);
});

test("ICE that is completed stays so when an exchange does not repeat the end of candidates", async () => {
  const { alice, bob } = await call();
  await vi.waitFor(() => expect(alice.iceConnectionState).toBe("completed"), { timeout: 5000 });
  const seen: string[] = [];
  alice.addEventListener("iceconnectionstatechange", () => seen.push(alice.iceConnectionState));
  alice.addTransceiver("video");
  // As browsers write it.
  await exchange(alice, bob, { change: (sdp) => sdp.replaceAll("a=end-of-candidates\r\n", "") });
  expect(seen).toEqual([]);
  expect(alice.iceConnectionState).toBe("completed");
});

test("an ICE restart finds the reflexive address again", async () => {
  const iceServers = [{ urls: await stunServer() }];
  const { alice, bob } = await call({ iceServers });
  const gathered = async (): Promise<readonly (string | undefined)[]> => {
    await vi.waitFor(() => expect(alice.iceGatheringState).toBe("complete"), { timeout: 5000 });
    return [...(alice.localDescription?.sdp.matchAll(/ typ (\w+)/g) ?? [])].map(([, type]) => type);
  };
  const first = await gathered();
  expect(first).toContain("srflx");
  const errors: unknown[] = [];
  alice.addEventListener("icecandidateerror", (event) => errors.push(event));
  await exchange(alice, bob, { iceRestart: true });
  expect((await gathered()).toSorted()).toEqual(first.toSorted());
  expect(errors).toEqual([]);
});

test("packets that nothing announces reach the section that receives, not one that only sends", async () => {
  const alice = connect();
  const bob = connect();
  trickle(alice, bob);
  const player = createPlayer(patternClip("audio"), werift.createTrack("audio"));
  closers.push(() => player.stop());
  alice.addTransceiver("audio", { direction: "recvonly" });
  alice.addTransceiver(player.track, { direction: "sendonly" });
  await alice.setLocalDescription(await alice.createOffer());
  const offer = alice.localDescription?.sdp.replaceAll(/a=ssrc.*\r\n/g, "") ?? "";
  await bob.setRemoteDescription({ type: "offer", sdp: offer });
  const [first] = bob.getTransceivers();
  if (first !== undefined) first.direction = "sendonly";
  const answer = await bob.createAnswer();
  await bob.setLocalDescription(answer);
  await alice.setRemoteDescription(answer);
  await up(alice, bob);
  const packets: EngineReceiveTrack[] = [];
  for (const { receiver } of bob.getTransceivers()) {
    receiver.track.onPacket(() => packets.push(receiver.track));
  }
  player.start();
  await vi.waitFor(() => expect(packets.length).toBeGreaterThan(3), { timeout: 5000 });
  expect(new Set(packets)).toEqual(new Set([bob.getTransceivers()[1]?.receiver.track]));
});

function connect(configuration: EngineConfiguration = {}): EngineConnection {
  const connection = werift.createConnection(configuration);
  closers.push(() => connection.close());
  return connection;
}

/** Two connections that are up, with audio both ways. */
async function call(
  configuration: EngineConfiguration = {},
): Promise<{ alice: EngineConnection; bob: EngineConnection }> {
  const alice = connect(configuration);
  const bob = connect(configuration);
  trickle(alice, bob);
  alice.addTransceiver(werift.createTrack("audio"));
  await exchange(alice, bob);
  await up(alice, bob);
  return { alice, bob };
}

function trickle(alice: EngineConnection, bob: EngineConnection): void {
  for (const [from, to] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    from.addEventListener("icecandidate", (event) => {
      const { candidate } = event as Event & { candidate: CandidateInit | null };
      vi.waitFor(() => to.addIceCandidate(candidate), { interval: 5 }).catch(() => {});
    });
  }
}

async function exchange(
  alice: EngineConnection,
  bob: EngineConnection,
  { change = (sdp: string) => sdp, iceRestart = false } = {},
): Promise<void> {
  const offer = await alice.createOffer({ iceRestart });
  await alice.setLocalDescription(offer);
  await bob.setRemoteDescription({ type: "offer", sdp: change(offer.sdp) });
  const answer = await bob.createAnswer();
  await bob.setLocalDescription(answer);
  await alice.setRemoteDescription({ type: "answer", sdp: change(answer.sdp) });
}

async function up(...connections: readonly EngineConnection[]): Promise<void> {
  await vi.waitFor(
    () => {
      for (const { connectionState } of connections) expect(connectionState).toBe("connected");
    },
    { timeout: 8000, interval: 10 },
  );
}

/** A STUN server of a few lines. */
async function stunServer(): Promise<string> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  closers.push(() => socket.close());
  socket.on("message", (bytes, place) => {
    const request = parseStunMessage(bytes);
    if (request === undefined) return;
    const attributes = [stunAddress("XOR-MAPPED-ADDRESS", place, request.transactionId)];
    socket.send(
      printStunMessage({ ...request, class: "success", attributes }),
      place.port,
      place.address,
    );
  });
  await once(socket, "listening");
  return `stun:127.0.0.1:${socket.address().port}`;
}
