import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { PeerOptions } from "../../lib/peer/options.ts";
import { createPeer } from "../../lib/peer/peer.ts";
import type { SignalingServer } from "../../lib/signaling/server.ts";
import { createSignalingServer } from "../../lib/signaling/server.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";

const fixtures = join(import.meta.dirname, "../fixtures/media");

/** What the page tells of what it receives. */
interface Decoded {
  readonly codec: string | undefined;
  readonly frames: number;
  readonly width: number | undefined;
  readonly sounds: number;
}

describe.runIf(hasBrowser())("Chromium", () => {
  let browser: TestBrowser;
  let server: SignalingServer;
  let address: string;
  let folder: string;
  let site: Server;
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    server = createSignalingServer();
    address = await server.listen();
    site = createServer((_request, response) => {
      response
        .writeHead(200, { "content-type": "text/html" })
        .end("<!doctype html><title>A page</title>");
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    browser = await startBrowser();
    folder = await mkdtemp(join(tmpdir(), "sdpscope-media-"));
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A page that joins the room, answers, and sends a canvas in the codec that is asked for, if any. */
  async function page(room: string, codec?: string): Promise<Page> {
    const made = await browser.context.newPage();
    closers.push(() => made.close());
    await made.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    await made.evaluate(
      ({ room, codec }) => {
        const pc = new RTCPeerConnection();
        Object.assign(window, { pc });
        const socket = new WebSocket(`${room}?name=page`);
        let other: string | undefined;
        let number = 0;
        const early: unknown[] = [];
        const say = (type: string, data: unknown): void =>
          socket.send(JSON.stringify({ type, to: other, message: ++number, data }));
        pc.onicecandidate = ({ candidate }) => say("candidate", candidate);
        const canvas = document.createElement("canvas");
        const context = canvas.getContext("2d");
        canvas.width = 160;
        canvas.height = 120;
        let frame = 0;
        setInterval(() => {
          if (context === null) return;
          context.fillStyle = `hsl(${(frame++ * 9) % 360} 80% 50%)`;
          context.fillRect(0, 0, 160, 120);
        }, 50);
        socket.onmessage = async ({ data: text }) => {
          const { type, from, data } = JSON.parse(text);
          if (type === "offer") {
            other = from;
            await pc.setRemoteDescription(data);
            const [video] = pc.getTransceivers().filter((t) => t.receiver.track.kind === "video");
            if (codec !== undefined && video !== undefined) {
              const known = RTCRtpReceiver.getCapabilities("video")?.codecs ?? [];
              video.setCodecPreferences(known.filter((c) => c.mimeType === `video/${codec}`));
              await video.sender.replaceTrack(canvas.captureStream(20).getVideoTracks()[0] ?? null);
              video.direction = "sendrecv";
            }
            await pc.setLocalDescription();
            say("answer", pc.localDescription);
            for (const one of early.splice(0)) pc.addIceCandidate(one as RTCIceCandidateInit);
          } else if (type === "candidate") {
            if (pc.remoteDescription) pc.addIceCandidate(data);
            else early.push(data);
          }
        };
      },
      { room, ...(codec !== undefined && { codec }) },
    );
    return made;
  }

  const decoded = (of: Page): Promise<Decoded> =>
    of.evaluate(async () => {
      const { pc } = window as unknown as { pc: RTCPeerConnection };
      const stats = [...(await pc.getStats()).values()];
      const video = stats.find((entry) => entry.type === "inbound-rtp" && entry.kind === "video");
      const audio = stats.find((entry) => entry.type === "inbound-rtp" && entry.kind === "audio");
      const codec = stats.find((entry) => entry.id === video?.codecId);
      return {
        codec: codec?.mimeType,
        frames: video?.framesDecoded ?? 0,
        width: video?.frameWidth,
        sounds: audio?.packetsReceived ?? 0,
      };
    });

  async function call(options: Partial<PeerOptions>, codec?: string) {
    const room = `${address}/rooms/${Math.random().toString(36).slice(2)}`;
    const peer = createPeer({ name: "peer", room, ...options });
    closers.push(() => peer.close());
    await peer.join();
    const other = await page(room, codec);
    await peer.connect();
    return { peer, other };
  }

  it.each([
    ["the pattern", "video/VP8", 320, ["audio", "video"]],
    [
      "an IVF file of VP8",
      "video/VP8",
      160,
      [{ kind: "video", source: join(fixtures, "ball-vp8.ivf") }],
    ],
    [
      "an IVF file of VP9",
      "video/VP9",
      160,
      [{ kind: "video", source: join(fixtures, "ball-vp9.ivf") }],
    ],
    [
      "an IVF file of AV1",
      "video/AV1",
      160,
      [{ kind: "video", source: join(fixtures, "ball-av1.ivf") }],
    ],
  ] as const)("decodes %s", async (_name, codec, width, media) => {
    const { other } = await call({ media });
    await vi.waitFor(async () => expect((await decoded(other)).frames).toBeGreaterThan(15), {
      timeout: 20_000,
      interval: 200,
    });
    expect(await decoded(other)).toMatchObject({ codec, width });
    if (media.length > 1) expect((await decoded(other)).sounds).toBeGreaterThan(10);
  });

  it.each(["VP8", "VP9", "AV1"])(
    "sends %s that is saved, and decodes what was saved",
    async (codec) => {
      const saveTo = join(folder, codec);
      const { peer } = await call(
        { media: [{ kind: "video", direction: "recvonly" }], saveTo, codecs: { video: [codec] } },
        codec,
      );
      const frames = (): number => peer.received()[0]?.frames ?? 0;
      await vi.waitFor(() => expect(frames()).toBeGreaterThan(25), { timeout: 20_000 });
      await peer.close();
      const [source = ""] = peer.savedFiles;
      expect(source).toMatch(/peer-1-video-0\.ivf$/);
      const { other } = await call({ media: [{ kind: "video", source }] });
      await vi.waitFor(async () => expect((await decoded(other)).frames).toBeGreaterThan(10), {
        timeout: 20_000,
        interval: 200,
      });
      expect(await decoded(other)).toMatchObject({ codec: `video/${codec}` });
    },
  );
});
