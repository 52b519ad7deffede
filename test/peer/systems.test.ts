import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { inProcess } from "../../lib/peer/in-process.ts";
import { ivfFrame, ivfHeader, readIvf } from "../../lib/peer/media/ivf.ts";
import { readOggOpus } from "../../lib/peer/media/ogg.ts";
import { patternClip } from "../../lib/peer/media/pattern.ts";
import type { PeerOptions, ReceivedFile } from "../../lib/peer/options.ts";
import type { Peer } from "../../lib/peer/peer.ts";
import { createPeer } from "../../lib/peer/peer.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { createSignalingServer } from "../../lib/signaling/server.ts";
import type { TraceEvent } from "../../lib/trace/event.ts";
import { readTrace, writeTrace } from "../../lib/trace/file.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";

/** Each of the systems that a headless peer is for, end to end over this machine's own addresses, recorded. */

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function peer(options: PeerOptions): Peer {
  const made = createPeer(options);
  closers.push(() => made.close());
  return made;
}

function recorder() {
  return createRecorder({ now: () => performance.timeOrigin + performance.now() });
}

/** Alice calls bob, in this process. */
async function call(
  options: Partial<PeerOptions> = {},
  bobOptions: Partial<PeerOptions> = options,
): Promise<{ readonly alice: Peer; readonly bob: Peer; readonly events: readonly TraceEvent[] }> {
  const [caller, callee] = inProcess();
  const both = recorder();
  const alice = peer({ name: "alice", room: caller, recorder: both, ...options });
  const bob = peer({ name: "bob", room: callee, recorder: both, ...bobOptions });
  await Promise.all([alice.connect(), bob.connect()]);
  return { alice, bob, events: both.trace.events };
}

async function room(): Promise<string> {
  const server = createSignalingServer();
  closers.push(() => server.close());
  return `${await server.listen()}/rooms/systems`;
}

function packets(of: Peer, kind: string): number {
  return of
    .received()
    .filter((count) => count.kind === kind)
    .reduce((sum, count) => sum + count.packets, 0);
}

function calls(events: readonly TraceEvent[], name: string): string[] {
  return events.flatMap((event) =>
    event.kind === "call" && event.peer === name ? [event.method] : [],
  );
}

function descriptions(events: readonly TraceEvent[], name: string, type: string): string[] {
  return events.flatMap((event) => {
    if (event.kind !== "call" || event.peer !== name || event.method !== "setLocalDescription") {
      return [];
    }
    const [given] = event.arguments as [{ type: string; sdp: string }];
    return given.type === type ? [given.sdp] : [];
  });
}

async function soon(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: 8000, interval: 20 });
}

describe("a room", () => {
  test("sees members leave and come back, and its trace is read again as it was written", async () => {
    const address = await room();
    const both = recorder();
    const heard: string[] = [];
    const options = { room: address, recorder: both, media: [] };
    const alice = peer({
      ...options,
      name: "alice",
      onMessage: (data) => heard.push(String(data)),
    });
    const bob = peer({ ...options, name: "bob" });
    await alice.join();
    await Promise.all([alice.connect(), bob.connect()]);
    expect(alice.members).toHaveLength(1);
    await bob.leave();
    await soon(() => expect(alice.members).toEqual([]));
    expect(bob.state).toBe("idle");
    await bob.connect();
    await soon(() => expect(bob.send("I am back")).toBe(1));
    await soon(() => expect(heard).toEqual(["I am back"]));
    await Promise.all([alice.close(), bob.close()]);
    const { trace, diagnostics } = readTrace(writeTrace(both.trace));
    expect(diagnostics).toEqual([]);
    const types = trace.events.flatMap((event) =>
      event.kind === "signal" && event.peer === "alice" ? [`${event.direction} ${event.type}`] : [],
    );
    for (const one of ["in joined", "in welcome", "out offer", "in answer", "in left"]) {
      expect(types).toContain(one);
    }
    expect(types.filter((type) => type === "in welcome")).toHaveLength(2);
  });

  test("of three is a mesh, and members without a camera are no less members", async () => {
    const address = await room();
    const peers = (["audio", "video", "none"] as const).map((media) =>
      peer({ room: address, name: media, media: media === "none" ? [] : [media] }),
    );
    for (const one of peers) await one.join();
    await Promise.all(peers.map((one) => one.connect()));
    await soon(() => expect(peers.map(({ members }) => members.length)).toEqual([2, 2, 2]));
    await soon(() => expect(peers.map((one) => one.send("hello"))).toEqual([2, 2, 2]));
  });
});

describe("two peers in one process", () => {
  test("tell the whole story of a call, each step with its time and its peer", async () => {
    const { events, alice, bob } = await call();
    await Promise.all([alice.close(), bob.close()]);
    const story = (name: string): string[] =>
      events
        .filter((event) => event.peer === name)
        .flatMap((event) => {
          if (event.kind === "call") return [event.method];
          if (event.kind === "state") return [`${event.machine} ${event.to}`];
          if (event.kind === "signal") return [`${event.direction} ${event.type}`];
          if (event.kind === "candidate") return [`${event.side} candidate`];
          return [];
        });
    inOrder(story("alice"), [
      "createOffer",
      "setLocalDescription",
      "signaling have-local-offer",
      "in answer",
      "setRemoteDescription",
      "signaling stable",
      "ice checking",
      "connection connecting",
      "ice connected",
      "connection connected",
    ]);
    inOrder(story("alice"), ["in answer", "remote candidate", "ice connected"]);
    inOrder(story("alice"), [
      "setLocalDescription",
      "gathering gathering",
      "local candidate",
      "gathering complete",
      "ice completed",
    ]);
    inOrder(story("bob"), [
      "in offer",
      "setRemoteDescription",
      "signaling have-remote-offer",
      "createAnswer",
      "setLocalDescription",
      "signaling stable",
      "ice connected",
      "connection connected",
    ]);
    // Candidates are added only after the description that they belong to.
    inOrder(story("bob"), ["setRemoteDescription", "remote candidate", "ice connected"]);
    const times = events.map(({ t }) => t);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const transports = events.flatMap((event) =>
      event.kind === "signal" ? [event.transport] : [],
    );
    expect(new Set(transports)).toEqual(new Set(["memory"]));
  });

  test.each([
    ["data alone", { media: [] }],
    ["audio alone", { media: ["audio"], channel: false }],
    ["video alone", { media: ["video"], channel: false }],
    ["everything, and descriptions that wait for all candidates", { trickle: false }],
  ] as const)("connect with %s", async (_name, options) => {
    const { alice, bob, events } = await call(options);
    for (const kind of "media" in options ? options.media : ["audio", "video"]) {
      await soon(() => expect(packets(alice, kind)).toBeGreaterThan(2));
      await soon(() => expect(packets(bob, kind)).toBeGreaterThan(2));
    }
    if (!("channel" in options)) expect([alice.send("x"), bob.send("x")]).toEqual([1, 1]);
    const trickled = events.filter(
      (event) => event.kind === "signal" && event.type === "candidate",
    );
    expect(trickled.length > 0).toBe(!("trickle" in options));
  });

  test("agree when both offer at once", async () => {
    const { alice, bob, events } = await call({ media: ["audio"] });
    await Promise.all([alice.addMedia("video"), bob.addMedia("video")]);
    await soon(() => expect(packets(alice, "video")).toBeGreaterThan(2));
    await soon(() => expect(packets(bob, "video")).toBeGreaterThan(2));
    const offers = events.filter((event) => event.kind === "signal" && event.type === "offer");
    expect(offers.filter(({ peer }) => peer === "bob").length).toBeGreaterThan(0);
    expect([alice.state, bob.state]).toEqual(["connected", "connected"]);
    expect(alice.send("still there")).toBe(1);
  });

  test("agree on the codec that one of them prefers", async () => {
    const { alice, events } = await call(
      { media: [{ kind: "video", direction: "recvonly" }], codecs: { video: ["VP9", "VP8"] } },
      { media: ["video"] },
    );
    const [offer] = descriptions(events, "alice", "offer");
    const names = readDescription(offer ?? "").media[0]?.codecs.map(({ name }) => name);
    expect(names).toEqual(["VP9", "VP8"]);
    // Bob has a picture in VP8 only, and sends that.
    await soon(() => expect(alice.received()[0]?.codec).toBe("VP8"));
  });

  test("agree on what a server has announced, and nothing else", async () => {
    const { alice, events } = await call(
      { serverCodecs: { video: "VP8", audio: "opus" } },
      {
        media: [
          { kind: "video", direction: "sendonly" },
          { kind: "audio", direction: "sendonly" },
        ],
      },
    );
    const [offer = ""] = descriptions(events, "alice", "offer");
    const { media } = readDescription(offer);
    expect(
      media.map(({ kind, direction, codecs }) => [kind, direction, codecs.map(({ name }) => name)]),
    ).toEqual([
      ["video", "recvonly", ["VP8"]],
      ["audio", "recvonly", ["opus"]],
    ]);
    expect(offer).not.toContain("extmap-allow-mixed");
    await soon(() => expect(packets(alice, "video")).toBeGreaterThan(2));
  });

  test("go on after an ICE restart", async () => {
    const { alice, bob, events } = await call({ media: [] });
    const fragments = (): unknown[] =>
      descriptions(events, "alice", "offer").map((sdp) => readDescription(sdp).media[0]?.ice.ufrag);
    alice.restartIce();
    await soon(() => expect(new Set(fragments()).size).toBe(2));
    const states = (): string[] =>
      events.flatMap((event) =>
        event.kind === "state" && event.machine === "ice" && event.peer === "bob" ? [event.to] : [],
      );
    await soon(() => expect(states().filter((state) => state === "connected")).toHaveLength(2));
    await soon(() => expect([alice.send("x"), bob.send("x")]).toEqual([1, 1]));
    const notes = events.flatMap((event) => (event.kind === "note" ? [event.text] : []));
    expect(notes.some((text) => text.startsWith("engine/ice-restart-interrupts"))).toBe(true);
  });
});

describe("senders", () => {
  test("go over to another source without negotiation", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sdpscope-peer-"));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const { alice, bob, events } = await call({ media: ["video"] });
    await soon(() => expect(packets(bob, "video")).toBeGreaterThan(2));
    const picture = join(folder, "picture.ivf");
    await writeFile(picture, ivfOf(patternClip("video").frames.map(({ data }) => data)));
    const before = calls(events, "alice");
    await alice.replaceMedia("video", picture);
    const seen = packets(bob, "video");
    await soon(() => expect(packets(bob, "video")).toBeGreaterThan(seen + 5));
    expect(calls(events, "alice").slice(before.length)).toEqual(["replaceTrack"]);
  });

  test("come and go with negotiation", async () => {
    const { alice, bob, events } = await call({ media: ["audio"] });
    await alice.addMedia("video");
    await soon(() => expect(packets(bob, "video")).toBeGreaterThan(2));
    alice.removeMedia("audio");
    await soon(() => expect(descriptions(events, "alice", "offer")).toHaveLength(3));
    const last = readDescription(descriptions(events, "alice", "offer").at(-1) ?? "").media;
    expect(last.map(({ kind, direction }) => [kind, direction])).toEqual([
      ["audio", "recvonly"],
      ["application", "sendrecv"],
      ["video", "sendrecv"],
    ]);
    expect(() => alice.removeMedia("audio")).toThrow(RangeError);
    expect(alice.send("still there")).toBe(1);
  });
});

describe("a data channel", () => {
  test("carries text, bytes, and a file in chunks that never fill it", async () => {
    const heard: unknown[] = [];
    const files: ReceivedFile[] = [];
    const { alice, events } = await call(
      { media: [], channel: "chat" },
      { media: [], onMessage: (data) => heard.push(data), onFile: (file) => files.push(file) },
    );
    alice.send("안녕하세요");
    alice.send(Uint8Array.of(1, 2, 3));
    await soon(() => expect(heard).toHaveLength(2));
    const bytes = Uint8Array.from({ length: 1_500_000 }, (_, at) => (at * 31) & 0xff);
    const sent: number[] = [];
    await alice.sendFile(
      { name: "그림.bin", bytes },
      { highWater: 65_536, onProgress: (count) => sent.push(count) },
    );
    expect(files.map(({ name }) => name)).toEqual(["그림.bin"]);
    expect(Buffer.compare(files[0]?.bytes ?? new Uint8Array(), bytes)).toBe(0);
    expect(sent.at(-1)).toBe(bytes.length);
    expect(sent).toHaveLength(Math.ceil(bytes.length / 16_384));
    const messages = events.flatMap((event) =>
      event.kind === "message" && event.peer === "bob" && event.direction === "in" ? [event] : [],
    );
    expect(messages.slice(0, 2).map(({ type, size, data }) => [type, size, data])).toEqual([
      ["text", 15, undefined],
      ["binary", 3, undefined],
    ]);
  });

  test("is recorded with its texts when asked to", async () => {
    const { alice, events } = await call({ media: [], recordContent: true });
    alice.send("hello");
    const texts = (): unknown[] =>
      events.flatMap((event) => (event.kind === "message" ? [event.data] : []));
    await soon(() => expect(texts()).toEqual(["hello", "hello"]));
  });
});

describe("what is received", () => {
  test("is counted, and written to files that can be sent again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sdpscope-peer-"));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const { alice, bob } = await call({ media: ["audio", "video"] }, { saveTo: folder });
    const frames = (kind: string): number =>
      bob.received().find((count) => count.kind === kind)?.frames ?? 0;
    await soon(() => expect(frames("video")).toBeGreaterThan(10));
    await soon(() => expect(frames("audio")).toBeGreaterThan(10));
    await Promise.all([alice.close(), bob.close()]);
    const files = bob.savedFiles.toSorted();
    expect(files.map((file) => file.slice(folder.length))).toEqual([
      "/bob-1-audio-0.ogg",
      "/bob-1-video-1.ivf",
    ]);
    const [audio = "", video = ""] = files;
    const sounds = readOggOpus(new Uint8Array(await readFile(audio)));
    expect(sounds.length).toBeGreaterThan(10);
    expect([...(sounds[0] ?? [])]).toEqual([0xf8, 0xff, 0xfe]);
    const ivf = readIvf(new Uint8Array(await readFile(video)));
    expect([ivf.fourcc, ivf.width, ivf.height]).toEqual(["VP80", 320, 240]);
    const known = patternClip("video").frames.map(({ data }) => Buffer.from(data).toString("hex"));
    for (const { data } of ivf.frames) {
      expect(known).toContain(Buffer.from(data).toString("hex"));
    }
    // What was written is a source in its turn.
    const again = await call({
      media: [
        { kind: "video", source: video },
        { kind: "audio", source: audio },
      ],
    });
    for (const kind of ["audio", "video"]) {
      await soon(() => expect(packets(again.bob, kind)).toBeGreaterThan(10));
    }
  });
});

function ivfOf(frames: readonly Uint8Array[]): Buffer {
  const timeBase = { numerator: 1, denominator: 15 };
  return Buffer.concat([
    ivfHeader({ fourcc: "VP80", width: 320, height: 240, timeBase }),
    ...frames.map((data, timestamp) => ivfFrame({ timestamp, data })),
  ]);
}

/** Each step comes after the one before; others may stand between. */
function inOrder(story: readonly string[], expected: readonly string[]): void {
  let at = -1;
  for (const one of expected) {
    const next = story.indexOf(one, at + 1);
    const where = `${one} after ${story[at] ?? "the start"} in ${story.join(", ")}`;
    expect(next, where).toBeGreaterThan(at);
    at = next;
  }
}
