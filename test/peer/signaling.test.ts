import { once } from "node:events";
import { afterEach, describe, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { PeerOptions } from "../../lib/peer/options.ts";
import type { Peer } from "../../lib/peer/peer.ts";
import { createPeer } from "../../lib/peer/peer.ts";
import type { MessageCarrier } from "../../lib/signaling/bare-channel.ts";
import { startBareChannel } from "../../lib/signaling/bare-channel.ts";
import { connectChannel } from "../../lib/signaling/channel-client.ts";
import { createSignalingServer } from "../../lib/signaling/server.ts";
import { readTrace, writeTrace } from "../../lib/trace/file.ts";
import { joinSignals } from "../../lib/trace/join.ts";
import type { Recorder } from "../../lib/trace/recorder.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";
import { timeline } from "../../lib/trace/timeline.ts";
import type { Trace } from "../../lib/trace/trace.ts";

// A busy machine takes its time.
vi.setConfig({ testTimeout: 20_000 });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(): Promise<string> {
  const server = createSignalingServer();
  closers.push(() => server.close());
  return server.listen();
}

function recorderOf(...names: string[]): Recorder {
  return createRecorder({
    now: () => performance.timeOrigin + performance.now(),
    peers: names.map((id) => ({ id, name: id })),
  });
}

function peer(options: PeerOptions): Peer {
  const made = createPeer({ media: [], ...options });
  closers.push(() => made.close());
  return made;
}

/** What a trace says of one peer's descriptions and states, told as a file's reader hears it. */
function storyOf(trace: Trace, name: string): string[] {
  const { trace: read, diagnostics } = readTrace(writeTrace(trace));
  expect(diagnostics).toEqual([]);
  return read.events.flatMap((event) => {
    if (event.peer !== name) return [];
    if (event.kind === "call" && /Description$/.test(event.method)) return [event.method];
    if (event.kind === "state" && event.machine === "signaling") return [event.to];
    return [];
  });
}

/** Every description and candidate that was sent was received, and both ends are known. */
function expectDelivered(trace: Trace): void {
  const deliveries = joinSignals(trace).filter(({ payload }) => payload.kind !== "other");
  expect(deliveries.length).toBeGreaterThan(2);
  expect(new Set(deliveries.map(({ outcome }) => outcome))).toEqual(new Set(["received"]));
}

const offering = ["setLocalDescription", "have-local-offer", "setRemoteDescription", "stable"];
const answering = ["setRemoteDescription", "have-remote-offer", "setLocalDescription", "stable"];

describe("rooms", () => {
  test("A creates and joins, B joins, A is told and offers, B answers; one too many is refused", async () => {
    const room = `${await serve()}/rooms/two`;
    const recorder = recorderOf("alice", "bob");
    const alice = peer({ room, name: "alice", recorder, capacity: 2 });
    const bob = peer({ room, name: "bob", recorder });
    await alice.join();
    await Promise.all([alice.connect(), bob.connect()]);
    await expect(peer({ room, name: "carol" }).connect()).rejects.toMatchObject({
      name: "PeerError",
      code: "room-full",
      message: "The room is full: it holds 2 members.",
    });
    expect(storyOf(recorder.trace, "alice")).toEqual(offering);
    expect(storyOf(recorder.trace, "bob")).toEqual(answering);
    expectDelivered(recorder.trace);
    const types = recorder.trace.events.flatMap((event) =>
      event.kind === "signal" && event.peer === "alice" && event.direction === "in"
        ? [event.type]
        : [],
    );
    expect(types.slice(0, 2)).toEqual(["joined", "welcome"]);
  });

  test("a member without camera and microphone meets one with both, leaves and comes back", async () => {
    const room = `${await serve()}/rooms/bare`;
    const alice = peer({ room, name: "alice", media: ["audio", "video"] });
    const heard: unknown[] = [];
    const bob = peer({ room, name: "bob", onMessage: (data) => heard.push(data) });
    await alice.join();
    await Promise.all([alice.connect(), bob.connect()]);
    await bob.leave();
    await vi.waitFor(() => expect(alice.members).toEqual([]));
    await bob.connect();
    await vi.waitFor(() => expect(alice.send("again")).toBe(1));
    await vi.waitFor(() => expect(heard).toContain("again"));
    expect(alice.members).toHaveLength(1);
  });

  test("four members form a mesh: three connections each, six in all", async () => {
    const room = `${await serve()}/rooms/mesh`;
    const names = ["alice", "bob", "carol", "dave"];
    const recorder = recorderOf(...names);
    const heard: string[] = [];
    const peers: Peer[] = [];
    for (const name of names) {
      const made = peer({
        room,
        name,
        recorder,
        onMessage: (data) => heard.push(`${data} → ${name}`),
      });
      await made.join();
      peers.push(made);
    }
    for (const made of peers) {
      await vi.waitFor(() => expect(made.send(made.name)).toBe(3), {
        timeout: 10_000,
        interval: 50,
      });
    }
    await vi.waitFor(() => {
      for (const from of names) {
        for (const to of names) if (from !== to) expect(heard).toContain(`${from} → ${to}`);
      }
    });
    const groups = timeline(recorder.trace).lanes;
    expect(names.map((name) => groups.filter(({ peer }) => peer === name).length)).toEqual([
      3, 3, 3, 3,
    ]);
    expectDelivered(recorder.trace);
  }, 20_000);
});

describe("a token channel", () => {
  test("carries a whole call: up by POST, down the socket, recorded so", async () => {
    const url = await serve();
    const recorder = recorderOf("alice", "bob");
    const transport = { in: "ws", out: "http" };
    const up = await connectChannel(url, { client: "alice" });
    const alice = peer({
      name: "alice",
      recorder,
      room: startBareChannel(up, { isCaller: true, transport }),
    });
    // Alice calls before Bob has a token: the offer waits for him.
    const calling = alice.connect();
    const down = await connectChannel(url, { client: "bob", channel: up.id });
    const bob = peer({
      name: "bob",
      recorder,
      room: startBareChannel(down, { isCaller: false, transport }),
    });
    await Promise.all([calling, bob.connect()]);
    expect(storyOf(recorder.trace, "alice")).toEqual(offering);
    expect(storyOf(recorder.trace, "bob")).toEqual(answering);
    const ways = recorder.trace.events.flatMap((event) =>
      event.kind === "signal" ? [`${event.direction} ${event.transport}`] : [],
    );
    expect(new Set(ways)).toEqual(new Set(["out http", "in ws"]));
    await up.flushed();
    await down.flushed();
    await vi.waitFor(() => expectDelivered(recorder.trace));
  });
});

describe("a bare channel", () => {
  test("carries a whole call between two ends of one process", async () => {
    const recorder = recorderOf("alice", "bob");
    const [one, two] = inProcess();
    const bob = peer({ name: "bob", recorder, room: startBareChannel(two, { isCaller: false }) });
    const alice = peer({
      name: "alice",
      recorder,
      room: startBareChannel(one, { isCaller: true }),
    });
    await Promise.all([bob.connect(), alice.connect()]);
    expect(storyOf(recorder.trace, "alice")).toEqual(offering);
    expect(storyOf(recorder.trace, "bob")).toEqual(answering);
    await vi.waitFor(() => expectDelivered(recorder.trace));
    const signals = recorder.trace.events.filter((event) => event.kind === "signal");
    expect(new Set(signals.map(({ transport }) => transport))).toEqual(new Set(["memory"]));
    expect(signals[0]).toMatchObject({ type: "offer", data: { sdp: { type: "offer" } } });
  });

  test("carries a whole call over WebSockets that somebody else relays", async () => {
    const relay = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    closers.push(() => relay.close());
    relay.on("connection", (socket) => {
      socket.on("message", (data) => {
        for (const other of relay.clients) if (other !== socket) other.send(String(data));
      });
    });
    await once(relay, "listening");
    const { port } = relay.address() as { port: number };
    const open = (): MessageCarrier => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`);
      closers.push(() => socket.terminate());
      return socket as unknown as MessageCarrier;
    };
    const bob = peer({
      name: "bob",
      room: startBareChannel(open(), { isCaller: false, transport: "ws" }),
    });
    await bob.join();
    const alice = peer({
      name: "alice",
      room: startBareChannel(open(), { isCaller: true, transport: "ws" }),
    });
    await Promise.all([bob.connect(), alice.connect()]);
    expect(alice.send("hello")).toBe(1);
  });
});

/** Two ends whose texts arrive a moment later. */
function inProcess(): readonly [MessageCarrier, MessageCarrier] {
  const end = (other: () => MessageCarrier): MessageCarrier => ({
    onmessage: null,
    send(text) {
      setTimeout(() =>
        (other().onmessage as ((message: unknown) => void) | null)?.({ data: text }),
      );
    },
  });
  const one: MessageCarrier = end(() => two);
  const two: MessageCarrier = end(() => one);
  return [one, two];
}
