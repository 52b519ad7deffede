import dns from "node:dns";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PeerOptions } from "../../lib/peer/options.ts";
import { createPeer, PeerError } from "../../lib/peer/peer.ts";
import type { SignalingServerOptions } from "../../lib/signaling/server.ts";
import { createSignalingServer } from "../../lib/signaling/server.ts";
import type { TraceEvent } from "../../lib/trace/event.ts";
import { readTrace, writeTrace } from "../../lib/trace/file.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function room(options: SignalingServerOptions = {}): Promise<string> {
  const server = createSignalingServer(options);
  closers.push(() => server.close());
  return `${await server.listen()}/rooms/test`;
}

function peer(options: PeerOptions) {
  const made = createPeer(options);
  closers.push(() => made.close());
  return made;
}

/** Two peers connected in a room of their own; alice was first, and offers. */
async function call(
  options: Partial<PeerOptions> = {},
  bobOptions: Partial<PeerOptions> = options,
) {
  const address = await room();
  const recorder = createRecorder({ now: () => performance.timeOrigin + performance.now() });
  const heard: string[] = [];
  const hear = (name: string) => (data: string | ArrayBuffer) => {
    heard.push(`${name}: ${typeof data === "string" ? data : `${data.byteLength} bytes`}`);
  };
  const alice = peer({
    room: address,
    name: "alice",
    recorder,
    onMessage: hear("alice"),
    ...options,
  });
  const bob = peer({ room: address, name: "bob", recorder, onMessage: hear("bob"), ...bobOptions });
  await alice.join();
  await Promise.all([alice.connect(), bob.connect()]);
  return { alice, bob, heard, recorder };
}

describe("two headless peers", () => {
  test("connect, talk both ways, send audio and video both ways, and close", async () => {
    const { alice, bob, heard, recorder } = await call();
    expect(alice.send("hello")).toBe(1);
    expect(bob.send(new Uint8Array([1, 2, 3]))).toBe(1);
    await vi.waitFor(() => expect(heard.toSorted()).toEqual(["alice: 3 bytes", "bob: hello"]));
    await vi.waitFor(
      async () => {
        for (const { audio, video } of [
          await alice.packetsReceived(),
          await bob.packetsReceived(),
        ]) {
          expect(audio).toBeGreaterThan(3);
          expect(video).toBeGreaterThan(3);
        }
      },
      { timeout: 5000, interval: 50 },
    );
    await alice.close();
    await vi.waitFor(() => {
      const ends = recorder.trace.events.filter((event) => event.kind === "end");
      expect(ends.map((event) => event.peer).toSorted()).toEqual(["alice", "bob"]);
    });
    expect(bob.send("still there?")).toBe(0);
  });

  test("tell the story of a handshake in their trace", async () => {
    const { recorder, alice, bob } = await call();
    await alice.close();
    await bob.close();
    const { trace, diagnostics } = readTrace(writeTrace(recorder.trace));
    expect(diagnostics).toEqual([]);
    const { events } = trace;
    const story = (name: string) =>
      events.filter((event) => event.peer === name).flatMap((event) => step(event) ?? []);
    expectInOrder(story("alice"), [
      "in joined",
      "in welcome",
      "createOffer",
      "setLocalDescription",
      "out offer",
      "signaling have-local-offer",
      "gathering gathering",
      "local candidate",
      "out candidate",
      "in answer",
      "setRemoteDescription",
      "signaling stable",
      "ice checking",
      "remote candidate",
      "ice connected",
      "dtls connecting",
      "dtls connected",
      "connection connected",
      "channel open",
      "out bye",
      "close",
      "connection closed",
      "end",
    ]);
    expectInOrder(story("bob"), [
      "in joined",
      "in offer",
      "setRemoteDescription",
      "signaling have-remote-offer",
      "track",
      "remote candidate",
      "createAnswer",
      "setLocalDescription",
      "out answer",
      "signaling stable",
      "ice checking",
      "ice connected",
      "dtls connected",
      "connection connected",
      "connection closed",
      "end",
    ]);
    // Every message that one side sent is known by the same name at the other.
    const names = (direction: string) =>
      events
        .filter((event) => event.kind === "signal" && event.direction === direction)
        .flatMap((event) => (event.kind === "signal" ? (event.message ?? []) : []))
        .toSorted();
    expect(names("out").length).toBeGreaterThan(5);
    expect(names("in")).toEqual(names("out"));
    // Each call that began has ended.
    const numbers = (kind: "call" | "settle") =>
      events.flatMap((event) => (event.kind === kind ? [event.call] : [])).toSorted();
    expect(numbers("settle")).toEqual(numbers("call"));
    // ICE never claims to be completed before it has checked anything.
    expectInOrder(story("bob"), ["ice checking", "ice connected", "ice completed"]);
  });

  test("can do with a data channel alone, and with media alone", async () => {
    const data = await call({ media: [] });
    expect(data.alice.send("x")).toBe(1);
    const media = await call({ channel: false, media: ["audio"] });
    expect(media.alice.send("x")).toBe(0);
    await vi.waitFor(async () => {
      expect((await media.bob.packetsReceived()).audio).toBeGreaterThan(0);
    });
  });

  test("connect when one of them has no camera: it receives and sends only audio", async () => {
    const { alice, bob } = await call({}, { media: ["audio"] });
    await vi.waitFor(
      async () => {
        expect((await bob.packetsReceived()).video).toBeGreaterThan(0);
        expect((await alice.packetsReceived()).audio).toBeGreaterThan(0);
      },
      { timeout: 5000, interval: 50 },
    );
    expect((await alice.packetsReceived()).video).toBe(0);
  });

  test("three in a room make three connections", async () => {
    const address = await room();
    const heard: string[] = [];
    const names = ["alice", "bob", "carol"];
    const peers = names.map((name) =>
      peer({ room: address, name, media: [], onMessage: (data) => heard.push(`${name} ${data}`) }),
    );
    for (const one of peers) await one.join();
    await Promise.all(peers.map((one) => one.connect()));
    await vi.waitFor(() => {
      heard.length = 0;
      expect(peers.map((one) => one.send("hi"))).toEqual([2, 2, 2]);
    });
    await vi.waitFor(() => expect(heard).toHaveLength(6));
  });

  test("look up no name and ask no server that nobody gave them", async () => {
    const asked = [
      vi.spyOn(dns, "lookup"),
      vi.spyOn(dns, "resolve"),
      vi.spyOn(dns.promises, "lookup"),
    ];
    const { recorder } = await call({ media: [] });
    const names = asked.flatMap((spy) => spy.mock.calls.map(([name]) => name));
    expect(names.filter((name) => !isAddress(String(name)))).toEqual([]);
    const types = recorder.trace.events.flatMap((event) =>
      event.kind === "candidate" && event.candidate !== null
        ? [/ typ (\w+)/.exec(event.candidate.candidate)?.[1]]
        : [],
    );
    expect(new Set(types)).toEqual(new Set(["host"]));
    vi.restoreAllMocks();
  });
});

describe("a peer that cannot connect", () => {
  test("says that nobody listens", async () => {
    const alone = peer({ room: "ws://127.0.0.1:9/rooms/x", name: "alice" });
    await expect(alone.connect()).rejects.toBeInstanceOf(PeerError);
    await expect(alone.connect()).rejects.toMatchObject({ code: "unreachable" });
  });

  test("says that the room refused it", async () => {
    const address = await room({ room: { capacity: 1 } });
    await peer({ room: address, name: "alice" }).join();
    await expect(peer({ room: address, name: "bob" }).connect()).rejects.toMatchObject({
      code: "room-full",
    });
  });

  test("gives up in time when the other side never answers", async () => {
    const address = await room();
    const alice = peer({ room: address, name: "alice", media: [], timeoutMs: 300 });
    const connecting = alice.connect();
    connecting.catch(() => {});
    await alice.join();
    const { connectSignaling } = await import("../../lib/signaling/client.ts");
    const deaf = await connectSignaling(address, { name: "deaf" });
    closers.push(() => deaf.close());
    await expect(connecting).rejects.toMatchObject({ code: "timeout" });
    await vi.waitFor(() => {
      expect(alice.trace.events.filter((event) => event.kind === "end")).toHaveLength(1);
    });
  });

  test("says that it was closed", async () => {
    const alice = peer({ room: await room(), name: "alice" });
    await alice.join();
    const connecting = alice.connect();
    connecting.catch(() => {});
    await alice.close();
    await expect(connecting).rejects.toMatchObject({ code: "closed" });
    expect(alice.trace.events.at(-1)).toMatchObject({ kind: "end", reason: "closed" });
  });
});

function step(event: TraceEvent): string | undefined {
  switch (event.kind) {
    case "signal":
      return `${event.direction} ${event.type}`;
    case "call":
      return event.method;
    case "state":
      return `${event.machine} ${event.to}`;
    case "candidate":
      return `${event.side} candidate`;
    case "track":
    case "end":
      return event.kind;
    default:
      return undefined;
  }
}

/** Each step comes after the one before; others may stand between. */
function expectInOrder(story: readonly string[], expected: readonly string[]): void {
  let at = -1;
  for (const one of expected) {
    const next = story.indexOf(one, at + 1);
    expect(next, `${one} after ${story[at] ?? "the start"} in ${story.join(", ")}`).toBeGreaterThan(
      at,
    );
    at = next;
  }
}

function isAddress(name: string): boolean {
  return name === "localhost" || /^[\d.]+$|:/.test(name);
}
