import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { SignalingServer } from "../../lib/signaling/server.ts";
import { createSignalingServer } from "../../lib/signaling/server.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";

/** The scripts for pages in docs/signaling.md, by the heading above them. */
const docs = readFileSync(new URL("../../docs/signaling.md", import.meta.url), "utf8");
function script(heading: string): string {
  const section = docs.slice(docs.indexOf(`\n## ${heading}\n`));
  const [, code] = /```js\n([\s\S]*?)```/.exec(section) ?? [];
  if (code === undefined) throw new Error(`There is no script under ${heading}.`);
  return code;
}

describe.runIf(hasBrowser())("what docs/signaling.md shows for a page", () => {
  let browser: TestBrowser;
  let site: Server;
  let server: SignalingServer;
  let address: string;

  beforeAll(async () => {
    server = createSignalingServer();
    address = (await server.listen()).replace("ws://", "");
    site = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>");
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    site?.close();
  });

  async function open(content: string): Promise<Page> {
    const { port } = site.address() as AddressInfo;
    const page = await browser.context.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.addScriptTag({ content: content.replaceAll("127.0.0.1:8080", address) });
    return page;
  }

  async function expectConnected(...pages: readonly Page[]): Promise<void> {
    for (const page of pages) {
      await vi.waitFor(
        async () => expect(await page.evaluate("pc.connectionState")).toBe("connected"),
        {
          timeout: 15_000,
          interval: 100,
        },
      );
      await page.close();
    }
  }

  it("connects two pages in a room", async () => {
    const ann = await open(script("Rooms"));
    await vi.waitFor(async () => expect(await ann.evaluate("socket.readyState")).toBe(1));
    const bob = await open(script("Rooms").replace("name=ann", "name=bob"));
    await expectConnected(ann, bob);
  });

  it("connects two pages over a bare channel", async () => {
    const relay = `
      const carrier = new BroadcastChannel("test");
      const channel = { send: (text) => carrier.postMessage(text), onmessage: null };
      carrier.onmessage = (event) => channel.onmessage(event);
    `;
    const bob = await open(relay + script("Bare channel"));
    const ann = await open(`${relay}${script("Bare channel")}; start(true);`);
    await expectConnected(ann, bob);
  });

  it("carries a description from page to page over a token channel", async () => {
    const page = (client: string, more: string) => `
      const heard = [];
      const hear = (message) => heard.push(message);
      const pc = { localDescription: { type: "offer", sdp: ${JSON.stringify(client)} } };
      const main = async () => {
        ${script("Token channel").replace('"/channels", { client: "ann" }', `"/channels", { client: "${client}"${more} }`)}
        return id;
      };
    `;
    const ann = await open(page("ann", ""));
    const id = await ann.evaluate("main()");
    const bob = await open(page("bob", `, channel: "${id}"`));
    await bob.evaluate("main()");
    await vi.waitFor(async () =>
      expect(await ann.evaluate("heard")).toEqual([{ sdp: { type: "offer", sdp: "bob" } }]),
    );
  });
});
