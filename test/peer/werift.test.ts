import { afterEach, describe, expect, test, vi } from "vitest";
import type { EngineConnection } from "../../lib/peer/engine.ts";
import { werift } from "../../lib/peer/werift.ts";

const connections: EngineConnection[] = [];
afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
});

function connect(): EngineConnection {
  const connection = werift.createConnection({});
  connections.push(connection);
  return connection;
}

/** Names of the events of a connection, with the state that they tell of. */
function story(connection: EngineConnection): string[] {
  const told: string[] = [];
  const tell = (type: string, state: () => string) =>
    connection.addEventListener(type, () => told.push(`${type} ${state()}`.trim()));
  tell("signalingstatechange", () => connection.signalingState);
  tell("iceconnectionstatechange", () => connection.iceConnectionState);
  tell("connectionstatechange", () => connection.connectionState);
  tell("negotiationneeded", () => "");
  tell("track", () => "");
  return told;
}

/** Offers, answers and trickles, and waits until both ends are connected. */
async function handshake(alice: EngineConnection, bob: EngineConnection): Promise<void> {
  for (const [from, to] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    from.addEventListener("icecandidate", (event) => {
      void to.addIceCandidate((event as RTCPeerConnectionIceEvent).candidate);
    });
  }
  const offer = await alice.createOffer();
  void alice.setLocalDescription(offer);
  await bob.setRemoteDescription(offer);
  const answer = await bob.createAnswer();
  void bob.setLocalDescription(answer);
  await alice.setRemoteDescription(answer);
  await vi.waitFor(
    () => {
      expect(alice.connectionState).toBe("connected");
      expect(bob.connectionState).toBe("connected");
    },
    { timeout: 5000 },
  );
}

describe("werift behind W3C's shape", () => {
  test("tells its version", () => {
    expect(werift.name).toMatch(/^werift \d+\.\d+\.\d+$/);
  });

  test("asks for negotiation once, however many transceivers were added, and never on the answerer", async () => {
    const alice = connect();
    const bob = connect();
    const told = { alice: story(alice), bob: story(bob) };
    alice.addTransceiver(werift.createTrack("audio"));
    alice.addTransceiver(werift.createTrack("video"));
    alice.createDataChannel("data");
    await handshake(alice, bob);
    expect(told.alice.filter((one) => one === "negotiationneeded")).toHaveLength(1);
    expect(told.bob).not.toContain("negotiationneeded");
  });

  test("asks again when something is added to a running connection", async () => {
    const alice = connect();
    const bob = connect();
    alice.createDataChannel("data");
    await handshake(alice, bob);
    const told = story(alice);
    alice.createDataChannel("second channel, same section");
    await Promise.resolve();
    expect(told).toEqual([]);
    alice.addTransceiver(werift.createTrack("audio"));
    await Promise.resolve();
    expect(told).toEqual(["negotiationneeded"]);
  });

  test("goes through ICE as W3C says: checking, connected; completed never comes before a pair", async () => {
    const alice = connect();
    const bob = connect();
    const told = { alice: story(alice), bob: story(bob) };
    alice.createDataChannel("data");
    await handshake(alice, bob);
    for (const one of [told.alice, told.bob]) {
      expect(one.filter((event) => event.startsWith("ice")).slice(0, 2)).toEqual([
        "iceconnectionstatechange checking",
        "iceconnectionstatechange connected",
      ]);
    }
  });

  test("tells of tracks after the signaling state, before setRemoteDescription is done", async () => {
    const alice = connect();
    const bob = connect();
    alice.addTransceiver(werift.createTrack("audio"));
    const told = story(bob);
    await bob.setRemoteDescription(await alice.createOffer());
    expect(told).toEqual(["signalingstatechange have-remote-offer", "track"]);
  });

  test("does not fail on end-of-candidates that comes before any candidate", async () => {
    const alice = connect();
    const bob = connect();
    alice.createDataChannel("data");
    const offer = await alice.createOffer();
    await bob.setRemoteDescription(offer);
    await bob.addIceCandidate({ candidate: "", sdpMid: "0", sdpMLineIndex: 0 });
    await bob.addIceCandidate(null);
    const told = story(bob);
    await bob.setLocalDescription(await bob.createAnswer());
    await vi.waitFor(() => expect(told).toContain("iceconnectionstatechange checking"));
    expect(told).not.toContain("iceconnectionstatechange failed");
  });

  test("takes a candidate with an empty sdpMid by its m-line index", async () => {
    const alice = connect();
    const bob = connect();
    alice.createDataChannel("data");
    await bob.setRemoteDescription(await alice.createOffer());
    const candidate = "candidate:1 1 udp 2130706431 192.0.2.9 5000 typ host";
    await bob.addIceCandidate({ candidate, sdpMid: "", sdpMLineIndex: 0, usernameFragment: null });
    await expect(
      bob.addIceCandidate({ candidate, sdpMid: "nothing", sdpMLineIndex: 0 }),
    ).rejects.toThrow("sdpMid");
  });

  test("carries text and bytes as a browser's channel does", async () => {
    const alice = connect();
    const bob = connect();
    const channel = alice.createDataChannel("chat");
    const heard: unknown[] = [];
    bob.addEventListener("datachannel", (event) => {
      const { channel } = event as RTCDataChannelEvent;
      channel.addEventListener("message", ({ data }) => heard.push(data));
    });
    await handshake(alice, bob);
    await vi.waitFor(() => expect(channel.readyState).toBe("open"));
    channel.send("text");
    channel.send(new Uint8Array([1, 2, 3]).subarray(1));
    channel.send(new Uint8Array([4]).buffer);
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    expect(heard[0]).toBe("text");
    expect(heard[1]).toBeInstanceOf(ArrayBuffer);
    expect([...new Uint8Array(heard[1] as ArrayBuffer)]).toEqual([2, 3]);
    expect([...new Uint8Array(heard[2] as ArrayBuffer)]).toEqual([4]);
  });
});
