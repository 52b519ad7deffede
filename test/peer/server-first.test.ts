import { once } from "node:events";
import { afterEach, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { MediaServerOptions } from "../../lib/peer/media-server.ts";
import { createMediaServer } from "../../lib/peer/media-server.ts";
import type { PlayerOptions } from "../../lib/peer/player.ts";
import { createPlayer } from "../../lib/peer/player.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { joinSignals } from "../../lib/trace/join.ts";
import type { Recorder } from "../../lib/trace/recorder.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";
import { startForeignMediaServer } from "../support/foreign-media-server.ts";

// A busy machine takes its time.
vi.setConfig({ testTimeout: 20_000 });
const PATIENCE = { timeout: 8000, interval: 50 };

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const path = "/webrtc_playnow/singleport/tcp/camera";

async function serve(options: Partial<MediaServerOptions> = {}) {
  const server = await createMediaServer({
    streams: { camera: { video: "pattern", audio: "pattern" } },
    ...options,
  });
  closers.push(() => server.close());
  return { server, url: await server.listen() };
}

function player(url: string, options: Partial<PlayerOptions> = {}) {
  const made = createPlayer({ url, ...options });
  closers.push(() => made.stop());
  return made;
}

async function foreign(says: Parameters<typeof startForeignMediaServer>[0] = {}) {
  const server = await startForeignMediaServer(says);
  closers.push(() => server.close());
  return server;
}

const failure = "Error: Initialization of peer connection failed";

describe("a headless player", () => {
  test("plays video and audio from this package's own server, and stops", async () => {
    const recorder = createRecorder({
      now: () => performance.timeOrigin + performance.now(),
      peers: [{ id: "media-server" }, { id: "player" }],
    });
    const { server, url } = await serve({ recorder });
    const states: number[] = [];
    const camera = player(`${url}${path}`, { recorder, onState: (state) => states.push(state) });
    expect(camera.state).toBe(-1);
    expect(await camera.play()).toBe(true);
    expect(camera.state).toBe(1);
    expect(await camera.play()).toBe(false);
    await vi.waitFor(() => {
      const [video, audio] = camera.received();
      expect(video).toMatchObject({ kind: "video", codec: "VP8" });
      expect(video?.frames).toBeGreaterThan(5);
      expect(audio).toMatchObject({ kind: "audio", codec: "opus" });
      expect(audio?.frames).toBeGreaterThan(5);
    }, PATIENCE);
    expect(server.players).toBe(1);
    await camera.stop();
    expect(states).toEqual([0, 1, -1]);
    expect(await camera.play()).toBe(false);

    // The same messages at both ends, and both connections up.
    const deliveries = joinSignals(recorder.trace);
    const outcomes = (kind: string) =>
      deliveries.flatMap(({ payload, outcome }) => (payload.kind === kind ? [outcome] : []));
    expect(outcomes("description")).toEqual(["received", "received"]);
    const sent = deliveries.flatMap(({ sent }) => sent?.type ?? []);
    expect(sent).toEqual(["announcement", "offer", "answer"]);
    const connectionStates = (peer: string) =>
      recorder.trace.events.flatMap((event) =>
        event.kind === "state" && event.machine === "connection" && event.peer === peer
          ? [event.to]
          : [],
      );
    expect(connectionStates("player")).toEqual(["connecting", "connected", "closed"]);
    expect(connectionStates("media-server").slice(0, 2)).toEqual(["connecting", "connected"]);
  });

  test("plays from a server that others wrote, and closes its socket when it has the answer", async () => {
    const server = await foreign();
    const camera = player(`${server.url}${path}/sid:7`);
    await camera.play();
    await vi.waitFor(() => expect(camera.received()[0]?.frames).toBeGreaterThan(5), PATIENCE);
    expect(server.paths).toEqual([`${path}/sid:7`]);
    expect(server.closes).toEqual([1000]);
    const [offer] = server.offers;
    expect(Object.keys(offer ?? {})).toEqual(["type", "sdp"]);
    const { media } = readDescription(offer?.sdp ?? "");
    expect(media.map(({ kind, direction }) => [kind, direction])).toEqual([["video", "recvonly"]]);
    expect(media[0]?.codecs.map(({ name }) => name)).toEqual(["VP8"]);
    expect(media[0]?.candidates).toEqual([]);
    expect(offer?.sdp).not.toContain("extmap-allow-mixed");
  });

  test("offers H264 with a baseline profile when that is announced", async () => {
    const server = await foreign({ first: "H264|-|-|opus", second: "Error: enough" });
    await expect(player(`${server.url}${path}`).play()).rejects.toMatchObject({
      code: "refused",
      message: "Error: enough",
    });
    const { media } = readDescription(server.offers[0]?.sdp ?? "");
    expect(media.flatMap(({ codecs }) => codecs.map(({ name }) => name))).toEqual(["H264", "opus"]);
    expect(media[0]?.codecs[0]?.fmtp).toMatch(/profile-level-id=42/);
  });

  test("ends with the server's words when there is an error instead of an announcement", async () => {
    const server = await foreign({ first: "Error: camera is offline" });
    const camera = player(`${server.url}${path}`);
    await expect(camera.play()).rejects.toMatchObject({
      name: "PlayerError",
      code: "refused",
      message: "Error: camera is offline",
    });
    expect(camera.state).toBe(-1);
    expect(camera.trace.events.at(-1)).toMatchObject({ kind: "note" });
  });

  test("tries once more after a failed initialization, and then plays", async () => {
    const server = await foreign({ second: (times) => (times === 1 ? failure : undefined) });
    const camera = player(`${server.url}${path}`);
    const began = performance.now();
    await camera.play();
    expect(performance.now() - began).toBeGreaterThan(490);
    expect(server.offers).toHaveLength(2);
  });

  test("tries only once more", async () => {
    const server = await foreign({ second: failure });
    await expect(player(`${server.url}${path}`).play()).rejects.toMatchObject({ message: failure });
    expect(server.offers).toHaveLength(2);
  });

  test("says when nobody listens, or nothing comes in time", async () => {
    await expect(player(`ws://127.0.0.1:9${path}`).play()).rejects.toMatchObject({
      code: "closed",
      message: expect.stringContaining("cannot be reached"),
    });
    const server = await foreign({ second: "" });
    await expect(player(`${server.url}${path}`, { timeoutMs: 200 }).play()).rejects.toMatchObject({
      code: "timeout",
    });
  });

  test("rejects when it is stopped before it plays", async () => {
    const server = await foreign({ second: "" });
    const camera = player(`${server.url}${path}`);
    const playing = camera.play();
    await vi.waitFor(() => expect(server.offers).toHaveLength(1));
    await camera.stop();
    await expect(playing).rejects.toMatchObject({ code: "stopped" });
  });

  test.each([
    "http://127.0.0.1/webrtc_playnow/singleport/tcp/a",
    "ws://127.0.0.1/rooms/a",
    "camera",
  ])("takes no %s for a play address", (url) => {
    expect(() => createPlayer({ url })).toThrow(TypeError);
  });
});

describe("a media server", () => {
  test("records each session in a trace of its own, when it is given one", async () => {
    const recorders: Recorder[] = [];
    const { server, url } = await serve({
      recorder({ alias }) {
        const recorder = createRecorder({ now: () => performance.now(), id: `play-${alias}` });
        recorders.push(recorder);
        return recorder;
      },
    });
    await player(`${url}${path}`).play();
    await expect(player(`${url}/webrtc_playnow/singleport/tcp/attic`).play()).rejects.toThrow();
    await server.close();
    const [camera, attic] = recorders.map(({ trace }) => trace.events);
    expect(camera?.at(-1)).toMatchObject({ kind: "end", reason: "closed" });
    expect(camera?.some(({ kind }) => kind === "create")).toBe(true);
    expect(attic?.slice(-2)).toMatchObject([
      { kind: "note", text: "no-such-alias: Error: There is no such stream" },
      { kind: "end" },
    ]);
  });

  test("tells a player that there is no such stream", async () => {
    const { url } = await serve();
    await expect(player(`${url}/webrtc_playnow/singleport/udp/attic`).play()).rejects.toMatchObject(
      { code: "refused", message: "Error: There is no such stream" },
    );
  });

  test("lets one player watch while others send what they please", async () => {
    const { server, url } = await serve();
    const camera = player(`${url}${path}`);
    await camera.play();
    const told: string[] = [];
    for (const text of ["hello", '{"type":"offer","sdp":7}', '{"type":"offer","sdp":"v=0"}']) {
      const socket = new WebSocket(`${url}${path}`);
      socket.on("message", (data) => told.push(String(data)));
      await once(socket, "open");
      socket.send(text);
      await once(socket, "close");
    }
    const errors = told.filter((text) => !text.includes("|-|-|"));
    expect(errors).toHaveLength(3);
    expect(errors.every((text) => text.startsWith("Error: "))).toBe(true);
    const before = camera.received()[0]?.frames ?? 0;
    const more = (): void => expect(camera.received()[0]?.frames).toBeGreaterThan(before + 5);
    await vi.waitFor(more, PATIENCE);
    expect(server.players).toBe(1);
  });

  test("has room for so many players and no more", async () => {
    const { server, url } = await serve({ maxPlayers: 1 });
    await player(`${url}${path}`).play();
    await expect(player(`${url}${path}`).play()).rejects.toMatchObject({
      message: "Error: The server has 1 players already",
    });
    expect(server.players).toBe(1);
  });

  test("has no stream without media, nor in a codec that its engine lacks", async () => {
    await expect(createMediaServer({ streams: { camera: {} } })).rejects.toThrow(RangeError);
    const clip = {
      kind: "video",
      codec: "H266",
      clockRate: 90_000,
      frames: [],
      durationMs: 1,
    } as const;
    await expect(createMediaServer({ streams: { camera: { video: clip } } })).rejects.toThrow(
      /H266.*knows.*VP8/,
    );
    await expect(
      createMediaServer({ streams: { camera: { video: "none.ivf" } } }),
    ).rejects.toThrow();
  });
});
