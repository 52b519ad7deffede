import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { MediaServer } from "../../lib/peer/media-server.ts";
import { createMediaServer } from "../../lib/peer/media-server.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";

const page = join(import.meta.dirname, "../fixtures/pages/server-first-player.html");

describe.runIf(hasBrowser())("a plain page, written from the protocol alone", () => {
  let browser: TestBrowser;
  let site: Server;
  let server: MediaServer;
  let url: string;

  beforeAll(async () => {
    const html = await readFile(page);
    site = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end(html);
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    server = await createMediaServer({
      streams: {
        camera: { video: "pattern", audio: "pattern" },
        silent: { video: "pattern" },
        radio: { audio: "pattern" },
      },
    });
    url = await server.listen({ host: "0.0.0.0" });
    browser = await startBrowser();
  });

  afterEach(async () => {
    for (const open of browser.context.pages()) await open.goto("about:blank");
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    site?.close();
  });

  async function open(path: string, host = "127.0.0.1") {
    const { port } = site.address() as AddressInfo;
    const opened = await browser.context.newPage();
    const address = `ws://${host}:${new URL(url).port}/webrtc_playnow/${path}`;
    await opened.goto(`http://127.0.0.1:${port}/#${address}`);
    const text = (id: string) => opened.locator(`#${id}`).textContent();
    const number = (call: string) => opened.evaluate(call) as Promise<number>;
    return { state: () => text("state"), error: () => text("error"), number };
  }

  it("plays video and audio from this package's media server in Chromium: frames are decoded", async () => {
    const player = await open("singleport/tcp/camera");
    await vi.waitFor(async () => expect(await player.state()).toBe("1"), { timeout: 15_000 });
    await vi.waitFor(
      async () => {
        expect(await player.number("framesDecoded()")).toBeGreaterThan(10);
        expect(await player.number("audioPackets()")).toBeGreaterThan(10);
      },
      { timeout: 15_000, interval: 200 },
    );
    expect(await player.number("video.videoWidth")).toBeGreaterThan(0);
    expect(await player.error()).toBe("");
  });

  it("plays one kind alone, and from a server that it names by another address", async () => {
    const video = await open("randomport/udp/silent/sid:7");
    await vi.waitFor(async () => expect(await video.number("framesDecoded()")).toBeGreaterThan(5), {
      timeout: 15_000,
      interval: 200,
    });
    const outside = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .find(({ family, internal }) => family === "IPv4" && !internal)?.address;
    const audio = await open("singleport/udp/radio", outside);
    await vi.waitFor(async () => expect(await audio.number("audioPackets()")).toBeGreaterThan(5), {
      timeout: 15_000,
      interval: 200,
    });
  });

  it("shows the server's words when there is no such stream", async () => {
    const player = await open("singleport/tcp/attic");
    await vi.waitFor(async () =>
      expect(await player.error()).toBe("Error: There is no such stream"),
    );
    expect(await player.state()).toBe("-1");
  });
});
